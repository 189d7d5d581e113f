"use strict";
// Follows a conversation that waits for an officer, and tells how it stands when that changes.
(() => {
  const EVERY = 10000, AT_MOST = 120000; // milliseconds
  const ENDED = ["closed", "none"];
  let pause = EVERY, timer = 0, heard = "";

  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  document.addEventListener("tro-ly:turn", look);
  look();

  async function look() {
    clearTimeout(timer);
    if (document.hidden || !document.querySelector("[data-handover]")) return;
    try {
      const response = await fetch("/nguoi-that.json", { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error();
      const { state, said } = await response.json();
      tell(said || "");
      pause = EVERY;
      if (ENDED.includes(state)) return;
    } catch { pause = Math.min(pause * 2, AT_MOST); } // a weak network, or a server in trouble: asked less and less often
    timer = setTimeout(look, pause);
  }

  function tell(said) {
    const places = [...document.querySelectorAll("[data-handover]")], place = places.pop();
    for (const older of places) older.replaceChildren();
    if (said === heard && place.textContent.trim()) return;
    heard = said;
    place.setAttribute("role", "status");
    place.textContent = said;
  }
})();
