"use strict";
// Speaking instead of typing, and answers read aloud, by the browser's own speech. What it cannot do is not shown.
((WORDS) => {
  const LANGUAGES = { vi: "vi-VN", en: "en-US" };
  const LONGEST = 180; // characters said in one go: some browsers fall silent after a longer piece
  const page = document.documentElement.lang === "en" ? "en" : "vi";

  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const main = document.querySelector("form[data-main]");
  if (Recognition && main && window.isSecureContext) offerSpeaking(main);
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) {
    speechSynthesis.cancel(); // what a page before this one was saying
    offerReading(document);
    document.addEventListener("tro-ly:turn", (event) => { speechSynthesis.cancel(); offerReading(event.detail); });
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  function offerSpeaking(form) {
    const words = WORDS[page], box = form.querySelector("textarea"), told = document.createElement("p");
    const button = pressed(words.speak, "chip mic");
    let listening = null, before = "", explained = false;
    told.className = "heard";
    told.setAttribute("aria-live", "polite");
    form.insertBefore(button, form.querySelector("button.send"));
    form.after(told);
    button.addEventListener("click", () => { if (listening) listening.stop(); else listen(); });
    form.addEventListener("submit", () => { if (listening) { listening.onresult = null; listening.abort(); } told.textContent = ""; });

    function listen() {
      let problem = "", anything = false;
      before = box.value.trim();
      listening = new Recognition();
      listening.lang = LANGUAGES[page];
      listening.interimResults = true;
      listening.onresult = (event) => {
        anything = true;
        const said = Array.from(event.results, (result) => result[0].transcript).join(" ").trim();
        box.value = `${before} ${said}`.trim().slice(0, box.maxLength > 0 ? box.maxLength : undefined);
        box.dispatchEvent(new Event("input", { bubbles: true }));
      };
      listening.onerror = (event) => { problem = trouble(event.error); };
      listening.onend = () => {
        const silent = listening.onresult === null;
        listening = null;
        mark(false);
        if (silent) return;
        told.textContent = problem || (anything ? words.heard : words.nothing);
        box.focus();
      };
      try { listening.start(); } catch { listening = null; told.textContent = words.failed; return; }
      mark(true);
      told.textContent = explained ? words.listening : `${words.listening} ${words.by}`;
      explained = true;
    }

    function trouble(error) {
      if (error === "aborted") return "";
      if (error === "not-allowed" || error === "service-not-allowed") return words.denied;
      return { "no-speech": words.nothing, network: words.network }[error] || words.failed;
    }

    function mark(on) {
      button.textContent = on ? words.stop : words.speak;
      button.classList.toggle("strong", on);
    }
  }

  function offerReading(root) {
    for (const tools of root.querySelectorAll("[data-turn] .tools")) {
      const answer = tools.closest(".answer"), words = WORDS[answer.lang] || WORDS.vi;
      const button = pressed(words.read, "plain");
      let reading = false;
      button.addEventListener("click", () => { if (reading) speechSynthesis.cancel(); else read(); });
      tools.insertBefore(button, tools.querySelector("details"));

      const read = () => {
        const voice = voiceFor(answer.lang);
        if (voice === null) { button.textContent = words.voiceless; return; }
        speechSynthesis.cancel();
        const pieces = piecesOf(spoken(answer)).map((piece) => utterance(piece, answer.lang, voice));
        const over = () => { reading = false; button.textContent = words.read; };
        for (const piece of pieces) piece.onerror = over; // told of a stop, too
        pieces[pieces.length - 1].onend = over;
        reading = true;
        button.textContent = words.silence;
        for (const piece of pieces) speechSynthesis.speak(piece);
      };
    }
  }

  // The voice for a language; null where the device has voices, and none for it.
  function voiceFor(language) {
    const voices = speechSynthesis.getVoices();
    const found = voices.find((voice) => voice.lang.toLowerCase().startsWith(language));
    return found || (voices.length ? null : undefined);
  }

  function utterance(text, language, voice) {
    const made = new SpeechSynthesisUtterance(text);
    made.lang = LANGUAGES[language] || LANGUAGES.vi;
    if (voice) made.voice = voice;
    return made;
  }

  // The words of an answer without marks of sources, addresses and bullets.
  function spoken(answer) {
    const lines = [];
    for (const part of answer.querySelectorAll("[data-words] h2, [data-words] p, [data-words] li, .card dl > div")) {
      const copy = part.cloneNode(true);
      for (const mark of copy.querySelectorAll("sup, a[href^='http']")) mark.remove();
      for (const item of copy.querySelectorAll("dt, li")) item.append(". ");
      lines.push(copy.textContent.replace(/https?:\/\/\S+/g, "").replace(/[«»“”•▸*_#]/g, "").replace(/\s+/g, " ").trim());
    }
    return lines.filter(Boolean).map((line) => (/[.!?:;…]$/.test(line) ? line : `${line}.`));
  }

  // Cut at sentences, and a long sentence at a pause or between words.
  function piecesOf(lines) {
    const pieces = [];
    for (const line of lines) {
      let piece = "";
      for (const word of line.split(" ")) {
        const ended = /[.!?;:]$/.test(piece) && piece.length > LONGEST / 2;
        if (piece && (ended || piece.length + word.length > LONGEST)) { pieces.push(piece); piece = ""; }
        piece = piece ? `${piece} ${word}` : word;
      }
      if (piece) pieces.push(piece);
    }
    return pieces.length ? pieces : [""];
  }

  function pressed(text, look) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = look;
    button.textContent = text;
    return button;
  }
})
