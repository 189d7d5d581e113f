"use strict";
// Tells when the network goes and comes back, and installs what shows a page without it.
((WORDS) => {
  const words = WORDS[document.documentElement.lang] || WORDS.vi;
  const told = document.createElement("p");
  told.className = "net";
  told.setAttribute("aria-live", "polite");
  const header = document.querySelector("header");
  if (header) header.after(told); else document.body.prepend(told);

  const instead = document.querySelector("[data-saved]"); // the offline page, perhaps in the place of another
  const gone = instead ? words.here : words.gone;
  addEventListener("offline", () => tell(gone));
  addEventListener("online", () => { if (told.textContent) tell(words.back); });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || navigator.onLine || !event.target.matches("form[action='/xoa']")) return;
    event.preventDefault();
    tell(words.undeleted);
  }, true);
  if (!navigator.onLine) tell(gone);
  if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));

  function tell(text) {
    told.textContent = text;
    if (navigator.onLine || instead) return;
    const link = document.createElement("a");
    link.href = "/ngoai-tuyen";
    link.textContent = words.saved;
    told.append(" ", link);
  }
})
