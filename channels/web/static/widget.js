// The chat on any city page: <script src="https://…/widget.js" data-lang="en" data-color="#0b5394"></script>, or the
// element <tro-ly-1022 lang="en" color="#0b5394" side="left"></tro-ly-1022> beside it. Served at /widget.js, which calls
// this function with the words and with what widget_parts.js makes. Nothing that comes from the server or the page is ever read as HTML.
((CONFIG, PARTS) => {
  "use strict";
  const NAME = "tro-ly-1022", MOST_WAIT = 60000; // milliseconds
  const script = document.currentScript;
  if (!script || !window.customElements || customElements.get(NAME)) return;
  const SERVER = new URL("./", script.src).href;
  const { make, button, link, call, block, sources, fill, hex, ink, newKey, newToken } = PARTS(SERVER);

  class Told extends Error {} // in the server's words

  class Assistant extends HTMLElement {
    static observedAttributes = ["lang", "color", "side"];

    connectedCallback() {
      if (!this.shadowRoot) {
        this.attachShadow({ mode: "open" });
        dress(this.shadowRoot);
        this.token = recall(this.key);
        this.waiting = false;
        this.unanswered = null;
        this.build();
      }
      this.show();
    }

    attributeChangedCallback(name) {
      if (!this.shadowRoot) return;
      if (name === "lang") this.build();
      this.show();
    }

    get key() { return `${NAME}:${SERVER}${this.id && `:${this.id}`}`; }
    get words() { return CONFIG.words[this.language]; }
    get language() { return (this.lang || document.documentElement.lang).toLowerCase().startsWith("en") ? "en" : "vi"; }

    // Colours and side, as far as they can be trusted: they come from a page, or from whatever fills its attributes.
    show() {
      const colour = hex(this.getAttribute("color")), root = this.root;
      root.style.removeProperty("--brand");
      root.style.removeProperty("--brand-ink");
      if (colour) {
        root.style.setProperty("--brand", colour);
        root.style.setProperty("--brand-ink", ink(colour));
      }
      root.classList.toggle("left", this.getAttribute("side") === "left");
    }

    build() {
      const { words } = this, said = this.log ? [...this.log.childNodes] : [], draft = this.box ? this.box.value : "";
      const open = this.panel && this.panel.open;
      this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words.log, tabindex: "0" });
      this.status = make("p", { class: "status", role: "status" });
      this.box = make("textarea", {
        id: "box", rows: "2", maxlength: String(CONFIG.most), placeholder: words.example, autocomplete: "off", required: "",
      });
      this.box.value = draft;
      this.box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.typed(); }
      });
      const form = make("form", {}, make("label", { for: "box", class: "quiet" }, words.label), this.box,
        this.sender = make("button", { class: "strong" }, words.send));
      form.addEventListener("submit", (event) => { event.preventDefault(); this.typed(); });
      this.panel = make("dialog", { "aria-labelledby": "title", lang: this.language },
        make("header", {}, make("h2", { id: "title" }, words.title), button("×", () => this.panel.close(), words.close)),
        this.log, this.status, form,
        make("footer", {}, make("span", {}, words.machine, " ", call(CONFIG.hotline)),
          button(words.restart, () => this.restart()), this.data()));
      this.panel.addEventListener("close", () => this.launcher.focus());
      this.launcher = this.panel.showModal
        ? button(words.open, () => this.open(), "", "launcher")
        : make("a", { class: "launcher", href: SERVER, lang: this.language }, words.open); // an old browser
      this.launcher.lang = this.language;
      this.launcher.setAttribute("aria-haspopup", "dialog");
      this.root = make("div", { class: "root" }, this.launcher, this.panel);
      this.shadowRoot.replaceChildren(...this.shadowRoot.querySelectorAll("style"), this.root);
      if (said.length) this.log.append(...said);
      else this.greet();
      if (open) this.open();
    }

    open() {
      this.panel.showModal();
      // On a touch screen the keyboard would cover what there is to read.
      if (matchMedia("(pointer: fine)").matches) this.box.focus();
    }

    greet() {
      const { words } = this;
      this.log.append(make("div", { class: "answer" }, make("p", {}, make("b", {}, words.ai), " ", words.what),
        make("p", { class: "small" }, words.kept, " ", link(`${SERVER}rieng-tu`, words.privacy))));
      if (this.token) this.log.append(make("p", { class: "small" }, words.continued));
    }

    // What is kept: to have it, or to have it deleted. Hidden while nothing is.
    data() {
      const { words } = this;
      return this.own = make("details", this.token ? {} : { hidden: "" }, make("summary", {}, words.data),
        make("div", {}, button(words.download, () => this.download()), button(words.delete, () => this.ask(words.delete, "", false))));
    }

    async download() {
      try {
        const held = await this.post("api/own-data", { conversation: this.token });
        const file = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: "application/json" }));
        make("a", { href: file, download: "du-lieu-cua-toi.json" }).click();
        setTimeout(() => URL.revokeObjectURL(file), MOST_WAIT);
        this.tell(this.words.downloaded);
      } catch (error) { await this.explain(error, () => this.download()); }
    }

    restart() {
      this.remember("");
      this.unanswered = null;
      this.log.replaceChildren();
      this.tell("");
      this.greet();
      this.box.focus();
    }

    remember(token) {
      this.token = token;
      this.own.hidden = !token;
      try {
        if (token) sessionStorage.setItem(this.key, token);
        else sessionStorage.removeItem(this.key);
      } catch { /* no storage here: the conversation lasts as long as the page */ }
    }

    typed() {
      const text = this.box.value.trim();
      if (text && !this.waiting) this.ask(text, "", true);
    }

    // The same words again, while they are unanswered, are the same question under the same key, in the same conversation.
    async ask(text, about, typed) {
      if (this.waiting) return;
      const same = this.unanswered && this.unanswered.text === text && this.unanswered.about === about;
      const question = same ? this.unanswered : { text, about, key: newKey(), conversation: this.token || newToken() };
      this.unanswered = question;
      this.own.open = false;
      this.waiting = this.sender.disabled = true;
      const turn = make("article", {}, make("p", { class: "said" }, make("span", { class: "quiet" }, this.words.you, " "), text));
      this.log.append(turn);
      this.reveal(turn);
      if (typed) this.box.value = "";
      this.tell(this.words.looking);
      try {
        const told = await this.post("api/chat", question);
        this.unanswered = null;
        this.remember(told.answer.status === "privacy_deleted" ? "" : String(told.conversation));
        if (told.answer.status === "privacy_deleted") this.log.replaceChildren(turn);
        turn.append(this.answer(told));
        this.tell("");
        this.reveal(turn);
      } catch (error) {
        turn.remove();
        if (typed && !this.box.value) this.box.value = text;
        await this.explain(error, () => { if (this.box.value.trim() === text) this.box.value = ""; this.ask(text, about, typed); });
      } finally {
        this.waiting = this.sender.disabled = false;
      }
    }

    async post(path, body) {
      const stop = new AbortController(), timer = setTimeout(() => stop.abort(), MOST_WAIT);
      try {
        const response = await fetch(SERVER + path, {
          method: "POST", credentials: "omit", signal: stop.signal,
          headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        });
        if (response.ok) return response.status === 204 ? null : await response.json();
        const told = await response.json().catch(() => ({}));
        throw new Told(this.language === "en" ? told.message_en || told.message : told.message);
      } finally { clearTimeout(timer); }
    }

    // A browser does not say whether the network or the list of allowed pages stood in the way: a request that the server answers
    // to allowed pages alone tells, and one that it answers to all.
    async explain(error, again) {
      const { words } = this;
      if (error instanceof Told) return this.tell(error.message || words.lost, button(words.again, again));
      if (error.name === "AbortError") return this.tell(words.late, button(words.again, again));
      const answered = (path, mode) => fetch(SERVER + path, { mode, credentials: "omit" }).then(() => true, () => false);
      const refused = !await answered("api/feedback", "cors") && await answered("healthz", "no-cors");
      if (refused) this.tell(words.not_allowed, link(SERVER, words.own_page));
      else this.tell(words.lost, button(words.again, again));
    }

    tell(text, ...more) { this.status.replaceChildren(text, ...(more.length ? [" ", ...more] : [])); }

    reveal(turn) { this.log.scrollTop = turn.offsetTop - 8; }

    answer({ turn, answer }) {
      const words = CONFIG.words[answer.language] || this.words;
      const node = make("div", { class: "answer", lang: answer.language });
      const asked = answer.status === "clarification_procedure"; // its buttons say what its lines do
      node.append(...answer.blocks.map((one) => block(asked ? { ...one, items: [] } : one)));
      if (answer.status.startsWith("emergency")) {
        node.append(make("p", { class: "calls" }, ...(answer.calls.length ? answer.calls : CONFIG.numbers).map(call)));
      }
      const offered = answer.choices.map((choice, place) => [`${place + 1}. ${choice.label}`, choice.label, choice.code]).filter((offer) => offer[2]);
      const next = answer.suggestions.map((one) => [one.label, one.text, one.about]);
      node.append(this.buttons(offered, words.offers), this.buttons(next, words.next));
      if (answer.status === "privacy_exported") node.append(button(words.download, () => this.download()));
      if (answer.form) {
        const { link: address } = answer.form;
        node.append(make("p", { class: "note" }, ...(address ? [link(address, words.documents), ". ", words.private] : [fill(words.form, answer.form)])));
      }
      if (answer.facts) node.append(make("p", {}, link(`${SERVER}thu-tuc/${encodeURIComponent(answer.facts.code)}`, words.whole)));
      const found = sources(answer.citations);
      if (found.length) {
        node.append(make("details", {}, make("summary", {}, `${words.sources} (${found.length})`), make("ul", {}, ...found.map((source) =>
          make("li", {}, `[${source.number}] `, link(source.url, source.source), source.code ? `, ${words.code} ${source.code}` : "")))));
      }
      if (turn) node.append(this.feedback(turn, words));
      return node;
    }

    buttons(offers, label) {
      if (!offers.length) return "";
      return make("ul", { class: "offers", "aria-label": label }, ...offers.map(([shown, text, about]) =>
        make("li", {}, button(shown, () => this.ask(text, about || "", false)))));
    }

    feedback(turn, words) {
      const reasons = Object.entries(words.reasons).map(([reason, shown]) => button(shown, async () => {
        try {
          await this.post("api/feedback", { conversation: this.token, turn, reason });
          details.replaceWith(make("p", { class: "small", role: "status" }, words.thanks));
          this.box.focus();
        } catch { this.tell(words.not_kept); }
      }));
      const details = make("details", {}, make("summary", {}, words.wrong),
        make("div", { role: "group", "aria-label": words.which, class: "offers" }, ...reasons));
      return details;
    }
  }

  function recall(key) { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } }

  function dress(root) {
    try {
      const sheet = new CSSStyleSheet(); // allowed where a page's policy forbids <style>
      sheet.replaceSync(CONFIG.css);
      root.adoptedStyleSheets = [sheet];
    } catch { root.append(make("style", {}, CONFIG.css)); }
  }

  customElements.define(NAME, Assistant);

  // A page that has placed no element gets one, as the script's own attributes say.
  function place() {
    if (document.querySelector(NAME)) return;
    const element = make(NAME, {});
    for (const name of Assistant.observedAttributes) {
      if (script.dataset[name]) element.setAttribute(name, script.dataset[name]);
    }
    document.body.append(element);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})
