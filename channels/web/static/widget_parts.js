// What the widget is made of: elements, links, texts with links, colours, keys. A function of the server's address.
// Nothing is ever read as HTML here.
(SERVER) => {
  "use strict";
  const URLS = /https?:\/\/[^\s<>«»]+[^\s<>«».,;)]/g;

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== ""));
    return node;
  }

  function button(shown, act, label = "", kind = "chip") {
    const node = make("button", { type: "button", class: kind }, shown);
    if (label) { node.setAttribute("aria-label", label); node.title = label; }
    node.addEventListener("click", act);
    return node;
  }

  // A link only where the address leads to a page; else just the words.
  function link(address, shown) {
    let url;
    try { url = new URL(address, SERVER); } catch { return shown; }
    if (url.protocol !== "https:" && url.protocol !== "http:") return shown;
    return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, shown);
  }

  function call(number) {
    return make("a", { class: "call", href: `tel:${String(number).replace(/[^0-9+]/g, "")}` }, String(number));
  }

  function block({ heading, text, items, caution }) {
    const parts = [];
    if (heading) parts.push(make("h3", {}, heading));
    if (text) parts.push(make("p", {}, ...linked(text)));
    if (items.length) {
      const numbered = /^\d+\. /.test(items[0]);
      parts.push(make("ul", numbered ? { class: "numbered" } : {}, ...items.map((item) => make("li", {}, ...linked(item)))));
    }
    return make("div", { class: caution ? "block caution" : "block" }, ...parts);
  }

  function linked(text) {
    const parts = [];
    let end = 0;
    for (const found of text.matchAll(URLS)) {
      parts.push(text.slice(end, found.index), link(found[0], host(found[0])));
      end = found.index + found[0].length;
    }
    return [...parts, text.slice(end)];
  }

  function host(address) { try { return new URL(address).host; } catch { return address; } }

  function sources(citations) {
    return [...new Map([...citations].reverse().map((one) => [one.number, one])).values()].sort((a, b) => a.number - b.number);
  }

  function fill(words, values) { return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name])); }

  function hex(colour) { return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(colour || "") ? colour : ""; }

  // Black or white, whichever reads better on the colour (WCAG relative luminance).
  function ink(colour) {
    const digits = colour.length === 4 ? [...colour.slice(1)].map((one) => one + one) : colour.slice(1).match(/../g);
    const [red, green, blue] = digits.map((pair) => parseInt(pair, 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
  }

  function newKey() { // a random UUID; crypto.randomUUID is missing where a page came over plain HTTP
    return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));
  }

  function newToken() { // 256 random bits in base64url
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace("=", "");
  }

  return { make, button, link, call, block, sources, fill, hex, ink, newKey, newToken };
}
