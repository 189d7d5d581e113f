"use strict";
// What can be done with an answer: copy it; keep its text on this device, to read without a network; list and delete those.
((WORDS) => {
  const STORE = "tro-ly.answers"; // in localStorage
  const MOST = 50, LONGEST = 20000;

  const words = wordsOf(document.body);
  document.addEventListener("tro-ly:turn", (event) => prepare(event.detail));
  document.addEventListener("tro-ly:deleted", () => { put([]); refresh(); });
  addEventListener("storage", (event) => { if (event.key === STORE || event.key === null) refresh(); });
  prepare(document);
  refresh();

  function prepare(root) {
    for (const button of root.querySelectorAll("[data-copy]")) if (navigator.clipboard) offerCopy(button);
    for (const button of root.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    for (const tools of root.querySelectorAll("[data-turn] .tools")) offerKeep(tools);
  }

  function offerCopy(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        const from = document.getElementById(button.dataset.from);
        await navigator.clipboard.writeText(from ? from.value : asText(button.closest(".answer")));
        button.textContent = button.dataset.copied;
      } catch { button.textContent = button.dataset.refused; }
    });
  }

  function asText(answer) {
    const blocks = [...answer.querySelectorAll("[data-words] .block")].map((block) => linesOf(block).join("\n"));
    const rows = [...answer.querySelectorAll(".card dl > div")].map((row) => linesOf(row).join("\n"));
    const links = [...answer.querySelectorAll(".sources a")].map((link) => link.href);
    return [...blocks, rows.join("\n"), links.join("\n")].filter(Boolean).join("\n\n");
  }

  // The lines of a block or of a row of the card, without the marks of sources.
  function linesOf(part) {
    const copy = part.cloneNode(true);
    for (const mark of copy.querySelectorAll("sup")) mark.remove();
    for (const item of copy.querySelectorAll("ul:not(.numbered) > li:not(.group)")) item.prepend("– ");
    const told = (one) => one.textContent.trim();
    const lines = [...copy.querySelectorAll("h2, p, li, dd > .small")].map(told);
    const name = copy.querySelector("dt"), value = copy.querySelector("dd");
    if (!name) return lines;
    return value.querySelector("li") ? [`${told(name)}:`, ...lines] : [`${told(name)}: ${told(value)}`];
  }

  function offerKeep(tools) {
    if (!canKeep()) return;
    const turn = tools.closest("[data-turn]"), button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.dataset.keep = "";
    label(button, turn);
    button.addEventListener("click", () => toggle(button, turn));
    tools.insertBefore(button, tools.querySelector("details"));
  }

  function label(button, turn) {
    const said = wordsOf(button.closest("[lang]") || turn.querySelector(".answer"));
    button.textContent = has(turn) ? said.saved : said.save;
  }

  function has(turn) { return all().some((one) => one.id === turn.dataset.turn); }

  function toggle(button, turn) {
    const others = all().filter((one) => one.id !== turn.dataset.turn);
    const kept = has(turn) ? put(others) : put([answerIn(turn), ...others].slice(0, MOST));
    refresh();
    if (!kept) button.textContent = wordsOf(turn.querySelector(".answer")).full;
  }

  function answerIn(turn) {
    const answer = turn.querySelector(".answer"), question = turn.querySelector(".said").cloneNode(true);
    for (const hidden of question.querySelectorAll(".quiet")) hidden.remove();
    const text = asText(answer).slice(0, LONGEST);
    return { id: turn.dataset.turn, question: question.textContent.trim(), text, lang: answer.lang, at: Date.now() };
  }

  // Everything that shows what is kept, shown anew.
  function refresh() {
    const kept = all();
    for (const button of document.querySelectorAll("[data-keep]")) label(button, button.closest("[data-turn]"));
    for (const list of document.querySelectorAll("[data-saved]")) fill(list, kept);
    point(kept.length);
  }

  // A way to the list from below the chat, once there is something in it.
  function point(count) {
    const under = document.querySelector(".ask-bar .under");
    if (!under) return;
    const found = under.querySelector("[data-to-saved]"), link = found || document.createElement("a");
    if (!count) { link.remove(); return; }
    link.href = "/ngoai-tuyen";
    link.dataset.toSaved = "";
    link.textContent = `${words.link} (${count})`;
    if (!found) under.insertBefore(link, under.querySelector("form"));
  }

  function fill(list, kept) {
    list.replaceChildren(...(kept.length ? [paragraph(words.old), ...kept.map(shown), clearing()] : [paragraph(words.none)]));
  }

  function shown(one) {
    const part = document.createElement("details"), title = document.createElement("summary");
    const text = document.createElement("p"), day = new Date(one.at).toLocaleDateString("vi-VN");
    part.className = "kept";
    title.textContent = one.question;
    title.lang = text.lang = one.lang === "en" ? "en" : "vi";
    text.className = "kept-text";
    text.textContent = one.text;
    part.append(title, paragraph(`${words.at} ${day}`), text, pressed(words.remove, () => put(all().filter((other) => other.id !== one.id)), one.question));
    return part;
  }

  function clearing() { return pressed(words.clear, () => put([])); }

  function pressed(said, act, about) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = said;
    if (about) button.setAttribute("aria-label", `${said}: ${about}`);
    button.addEventListener("click", () => {
      const list = button.closest("[data-saved]");
      act();
      refresh();
      const told = paragraph(words.gone);
      told.tabIndex = -1;
      list.prepend(told);
      told.focus();
    });
    return button;
  }

  function paragraph(text) {
    const told = document.createElement("p");
    told.className = "small";
    told.textContent = text;
    return told;
  }

  function wordsOf(element) {
    const marked = element.closest("[lang]");
    return WORDS[marked && marked.lang] || WORDS.vi;
  }

  function all() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && typeof one.text === "string" && typeof one.question === "string") : [];
    } catch { return []; }
  }

  function put(kept) {
    try {
      if (kept.length) localStorage.setItem(STORE, JSON.stringify(kept)); else localStorage.removeItem(STORE);
      return true;
    } catch { return false; }
  }

  function canKeep() { try { return Boolean(localStorage); } catch { return false; } }
})
