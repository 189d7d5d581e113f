"use strict";
// Without this file every form still works; with it, answers arrive without reloading the page.
(() => {
  const talk = document.getElementById("hoi-dap");
  const progress = document.getElementById("tien-trinh");
  const main = document.querySelector("form[data-main]");
  const LOST = "Mất kết nối, câu hỏi chưa gửi được.";
  const MOST_WAIT = 60000; // milliseconds
  let waiting = false;
  let failed = null;

  class Refused extends Error {} // in the server's words

  prepare(document);
  if (!talk || !main || !window.TextDecoderStream || !AbortSignal.timeout) return; // old browsers send the forms
  const box = main.querySelector("textarea");

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-ask]")) { event.preventDefault(); ask(new FormData(form), form === main); }
    if (form.matches("form[data-wrong]")) { event.preventDefault(); complain(form); }
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("sup a");
    const source = mark && document.getElementById(mark.hash.slice(1));
    if (source) source.closest("details").open = true;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); main.requestSubmit(); }
  });

  async function ask(data, typed) {
    const text = String(data.get("text") || "").trim();
    if (waiting || !text) { box.focus(); return; }
    waiting = true;
    if (failed) failed.remove();
    failed = null;
    main.querySelector("button").disabled = true;
    const bubble = document.createElement("div");
    bubble.className = "said";
    bubble.textContent = text;
    talk.append(bubble);
    bubble.scrollIntoView({ block: "start" });
    if (typed) box.value = "";
    say("Đang gửi…");
    try {
      const response = await fetch("/hoi/truc-tiep", {
        method: "POST", body: new URLSearchParams(data), signal: AbortSignal.timeout(MOST_WAIT),
      });
      const html = response.ok && response.body ? await read(response.body) : "";
      if (!html) throw new Refused(await reason(response));
      const holder = document.createElement("template");
      holder.innerHTML = html; // rendered and escaped by the server
      const turn = holder.content.querySelector("[data-turn]");
      for (const strip of talk.querySelectorAll("[data-form-strip]")) strip.remove(); // the new turn shows how the form stands
      bubble.replaceWith(turn);
      prepare(turn);
      say("");
      if (box.value.trim() === text) box.value = "";
      turn.querySelector(".answer").focus({ preventScroll: true });
      turn.scrollIntoView({ block: "start" });
    } catch (error) {
      failed = bubble;
      say(error instanceof Refused && error.message || LOST, () => ask(data, false));
      if (typed && !box.value) box.value = text;
    } finally {
      waiting = false;
      main.querySelector("button").disabled = false;
    }
  }

  async function read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = "", html = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return html;
      buffer += value;
      const events = buffer.split("\n\n");
      buffer = events.pop();
      for (const event of events) {
        const name = /^event: (.*)$/m.exec(event), data = /^data: (.*)$/m.exec(event);
        if (!name || !data) continue;
        const told = JSON.parse(data[1]);
        if (name[1] === "step") say(told.text);
        if (name[1] === "answer") html = told.html;
      }
    }
  }

  async function reason(response) {
    if (response.ok) return "";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const title = page.querySelector("h1");
    return title ? title.textContent : "";
  }

  async function complain(form) {
    try {
      const response = await fetch("/gop-y", { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!response.ok) throw new Error();
      const thanks = document.createElement("p");
      thanks.tabIndex = -1;
      thanks.textContent = "Cảm ơn anh/chị. Chúng tôi sẽ xem lại câu trả lời này.";
      form.closest("details").replaceWith(thanks);
      thanks.focus();
    } catch { say("Chưa gửi được góp ý, anh/chị thử lại giúp."); }
  }

  function say(text, again) {
    progress.textContent = text;
    if (!again) return;
    const button = document.createElement("button");
    button.className = "chip";
    button.textContent = "Gửi lại";
    button.addEventListener("click", again, { once: true });
    progress.append(" ", button);
  }

  function asText(answer) {
    const told = [...answer.querySelectorAll("[data-words], .card dl")].map((part) => part.innerText);
    const links = [...answer.querySelectorAll(".sources a")].map((link) => link.href);
    return [...told, ...links].join("\n\n");
  }

  function prepare(root) {
    for (const button of root.querySelectorAll("[data-copy]")) {
      if (!navigator.clipboard) continue;
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          const from = document.getElementById(button.dataset.from);
          await navigator.clipboard.writeText(from ? from.value : asText(button.closest(".answer")));
          button.textContent = button.dataset.copied;
        } catch { button.textContent = button.dataset.refused; }
      });
    }
  }
})();
