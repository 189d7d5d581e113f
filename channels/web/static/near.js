"use strict";
// Fills in where the device is, rounded to about 100 m, and sends it once. Without this file offices are found by name.
(() => {
  const form = document.querySelector("form[data-near]");
  if (!form || !navigator.geolocation) return;
  const told = form.querySelector("[data-told]"), button = form.querySelector("button");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.latitude.value) return; // found: it may go
    event.preventDefault();
    button.disabled = true;
    told.textContent = form.dataset.asking;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.latitude.value = coords.latitude.toFixed(3);
      form.longitude.value = coords.longitude.toFixed(3);
      form.submit();
    }, () => {
      button.disabled = false;
      told.textContent = form.dataset.none;
    }, { maximumAge: 60000, timeout: 20000 });
  });
  // Whoever comes back to this page asks anew.
  window.addEventListener("pageshow", () => { form.latitude.value = form.longitude.value = ""; button.disabled = false; });
})();
