"use strict";
// Asks without reloading the page. Without this file, or in an old browser, every form is sent and answered as it is.
// What is under way stays in this tab: the words typed, and the question that has no answer yet, under its key.
((WORDS) => {
  const words = WORDS[document.documentElement.lang] || WORDS.vi;
  const MOST_WAIT = 60000, SLOW = 8000, FRESH = 120000; // milliseconds
  const UNANSWERED = "tro-ly.question", TYPED = "tro-ly.typed"; // names in sessionStorage

  const talk = document.getElementById("hoi-dap");
  const progress = document.getElementById("tien-trinh");
  const main = document.querySelector("form[data-main]");
  if (!talk || !main || !progress || !window.ReadableStream || !window.AbortController) return;
  const box = main.querySelector("textarea");
  const send = main.querySelector("button.send");
  let waiting = false;
  let failed = null; // the bubble of a question without an answer
  let unanswered = null; // that question

  class Failed extends Error {} // in words that can be shown

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-ask]")) { event.preventDefault(); ask(asked(new FormData(form)), form === main); }
    if (form.matches("form[data-wrong]")) { event.preventDefault(); complain(form); }
    if (form.matches("form[action='/xoa']") && !event.defaultPrevented) forget();
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("sup a");
    const source = mark && document.getElementById(mark.hash.slice(1));
    if (source) source.closest("details").open = true;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send.click(); }
  });
  box.addEventListener("input", () => keep(TYPED, box.value));
  resume();

  // The question of a form. The same words again, while they are unanswered, are the same question under the same key.
  function asked(data) {
    const text = String(data.get("text") || "").trim(), about = String(data.get("about") || "");
    const same = unanswered && unanswered.text === text && unanswered.about === about;
    return same ? unanswered : { key: newKey(), text, about, at: Date.now() };
  }

  async function ask(question, typed) {
    if (waiting) { say(words.one); return; }
    if (!question.text) { box.focus(); return; }
    const bubble = begin(question);
    if (typed) write("");
    const stop = new AbortController();
    const timers = [setTimeout(() => stop.abort(), MOST_WAIT), setTimeout(() => say(words.slow), SLOW)];
    try {
      show(await answerTo(question, stop.signal), bubble, question);
    } catch (error) {
      failed = bubble;
      say(error instanceof Failed ? error.message : words.lost, [words.again, () => ask(question, false)]);
      if (typed && !box.value) box.value = question.text; // kept as the question that it is
    } finally {
      timers.forEach(clearTimeout);
      waiting = false;
      send.disabled = false;
    }
  }

  function begin(question) {
    waiting = true;
    send.disabled = true;
    unanswered = question;
    keep(UNANSWERED, JSON.stringify(question));
    say(words.sending);
    return bubbleOf(question);
  }

  function bubbleOf(question) {
    if (failed) failed.remove();
    failed = null;
    const bubble = document.createElement("div");
    bubble.className = "said";
    bubble.textContent = question.text;
    talk.append(bubble);
    bubble.scrollIntoView({ block: "start" });
    return bubble;
  }

  async function answerTo(question, signal) {
    let received = false;
    try {
      const body = new URLSearchParams({ text: question.text, about: question.about, key: question.key });
      const response = await fetch("/hoi/truc-tiep", { method: "POST", body, signal });
      received = response.ok;
      const html = received ? await read(response.body.getReader()) : "";
      if (html) return html;
      throw new Failed((!received && await heading(response)) || (received ? words.cut : words.lost));
    } catch (error) {
      if (error instanceof Failed) throw error;
      throw new Failed(signal.aborted ? words.late : received ? words.cut : words.lost);
    }
  }

  async function read(reader) {
    const decoder = new TextDecoder();
    let buffer = "", html = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return html;
      buffer += decoder.decode(value, { stream: true });
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

  function show(html, bubble, question) {
    const holder = document.createElement("template");
    holder.innerHTML = html; // rendered and escaped by the server
    const turn = holder.content.querySelector("[data-turn]");
    if ("deleted" in turn.dataset) { forget(); for (const old of talk.querySelectorAll("[data-turn]")) old.remove(); }
    for (const strip of talk.querySelectorAll("[data-form-strip]")) strip.remove(); // the new turn shows how the form stands
    bubble.replaceWith(turn);
    settle();
    say("");
    if (box.value.trim() === question.text) write("");
    document.dispatchEvent(new CustomEvent("tro-ly:turn", { detail: turn }));
    turn.querySelector(".answer").focus({ preventScroll: true });
    turn.scrollIntoView({ block: "start" });
    followHandover();
  }

  // After a reload: the words typed are there again, and an unanswered question is asked on, or offered if it is old.
  function resume() {
    if (!box.value) box.value = kept(TYPED);
    followHandover();
    const question = parsed(kept(UNANSWERED));
    if (!question || talk.querySelector(`[data-turn="${question.key}"]`)) { settle(); return; }
    unanswered = question;
    if (Date.now() - question.at < FRESH && navigator.onLine) { ask(question, false); return; }
    failed = bubbleOf(question);
    say(words.unanswered, [words.again, () => ask(question, false)], [words.drop, drop]);
  }

  function drop() {
    if (failed) failed.remove();
    failed = null;
    settle();
    say("");
    box.focus();
  }

  function settle() { unanswered = null; keep(UNANSWERED, ""); }

  function forget() {
    settle();
    keep(TYPED, "");
    document.dispatchEvent(new CustomEvent("tro-ly:deleted"));
  }

  async function complain(form) {
    try {
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const told = await heading(response);
      if (!response.ok || !told) throw new Failed(told || words.unsent);
      const thanks = document.createElement("p");
      thanks.tabIndex = -1;
      thanks.textContent = told;
      const tools = form.closest(".tools") || form.parentNode;
      (form.closest("details") || form).replaceWith(thanks);
      for (const other of tools.querySelectorAll("form[data-wrong]")) (other.closest("details") || other).remove();
      thanks.focus();
    } catch (error) { say(error instanceof Failed ? error.message : words.unsent); }
  }

  // What a page of the server says, from its first heading.
  async function heading(response) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const title = page.querySelector("h1");
    return title ? title.textContent.trim() : "";
  }

  function say(text, ...buttons) {
    progress.textContent = text;
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = label;
      button.addEventListener("click", act, { once: true });
      progress.append(" ", button);
    }
    if (buttons.length) progress.scrollIntoView({ block: "nearest" });
  }

  function write(text) { box.value = text; keep(TYPED, text); }

  // Waiting for an officer is followed by a script of its own, fetched only then.
  function followHandover() {
    const place = document.querySelector("[data-handover]");
    if (!place || document.querySelector("script[data-follows]")) return;
    const script = document.createElement("script");
    script.src = place.dataset.handover || "/static/handover.js";
    script.dataset.follows = "";
    document.head.append(script);
  }

  function newKey() { // a random UUID; crypto.randomUUID is missing where the page came over plain HTTP
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function parsed(text) {
    try {
      const { key, text: said, about, at } = JSON.parse(text);
      return /^[-0-9a-f]{36}$/.test(key) && said ? { key, text: String(said), about: String(about), at: Number(at) } : null;
    } catch { return null; }
  }

  function kept(name) { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } }

  function keep(name, text) {
    try {
      if (text) sessionStorage.setItem(name, text); else sessionStorage.removeItem(name);
    } catch { /* full, or closed by the browser: asking works without */ }
  }
})
