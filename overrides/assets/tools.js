/* The buttons that make reading, printing and passing on easier. Every page reads well without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  const reading = window.columnReading;
  const status = document.querySelector(".tool-status");
  /** @param {string} text */
  const say = (text) => {
    if (status) status.textContent = text;
  };
  /** @param {string} selector @param {(node: Marked) => void} act */
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // 长者版, high contrast, dark, large pointer: links and buttons that stay pressed.
  /** @type {Record<string, () => [pressed: unknown, press: () => void]>} */
  const modes = {
    elder: () => [reading.get("elder"), () => reading.set("elder", reading.get("elder") ? "" : "on")],
    contrast: () => [reading.get("look") === "contrast", () => toggleLook("contrast")],
    dark: () => [reading.get("look") === "dark", () => toggleLook("dark")],
    pointer: () => [reading.get("pointer"), () => reading.set("pointer", reading.get("pointer") ? "" : "large")],
  };
  /** @param {string} look */
  const toggleLook = (look) => reading.set("look", reading.get("look") === look ? "" : look);
  const show = () => {
    each("[data-mode]", (node) => node.setAttribute("aria-pressed", String(Boolean(modes[node.dataset.mode]()[0]))));
    each("button[data-size]", (node) =>
      node.setAttribute("aria-pressed", String((reading.get("size") || "medium") === node.dataset.size)),
    );
  };
  const dropTarget = () => {
    // A mode that came with the address would stay on whatever the button says.
    if (["#elder", "#contrast"].includes(window.location.hash)) {
      const { pathname, search } = window.location;
      window.location.hash = "#main"; // moves :target away; the next line only tidies the address
      window.history.replaceState(null, "", pathname + search);
    }
  };
  each("[data-mode]", (node) => {
    node.setAttribute("role", "button");
    /** @param {Event} event */
    const press = (event) => {
      event.preventDefault();
      dropTarget();
      modes[node.dataset.mode]()[1]();
      show();
    };
    node.addEventListener("click", press);
    if (node.tagName === "A") node.addEventListener("keydown", (event) => event.key === " " && press(event));
  });
  each("button[data-size]", (node) =>
    node.addEventListener("click", () => {
      reading.set("size", node.dataset.size === "medium" ? "" : node.dataset.size);
      show();
    }),
  );
  show();

  /** @param {string} text @param {string} done */
  const copy = async (text, done) => {
    try {
      await window.navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say("浏览器不允许复制，请选中文字后按 Ctrl+C。");
    }
  };
  /** @param {string} what */
  const print = (what) => {
    root.setAttribute("data-print", what);
    window.addEventListener("afterprint", () => root.removeAttribute("data-print"), { once: true });
    window.print();
  };
  const share = () => {
    const address = window.location.href.split("#")[0];
    if (window.navigator.share) window.navigator.share({ title: document.title, url: address }).catch(() => {});
    else copy(address, "网址已复制，可以粘贴到微信等处发给别人。");
  };
  const cite = () => {
    const text = document.querySelector("#citation");
    if (!text) return;
    const address = text.querySelector(".address");
    const where = address ? "" : `网址：${window.location.href.split("#")[0]}`;
    copy(text.textContent.trim().replace(/\s+/g, " ") + where, "引用文字已复制。");
  };
  /** @type {Record<string, () => void>} */
  const actions = { "print-page": () => print("page"), "print-text": () => print("text"), "print-table": () => print("table"), share, cite, read: () => readAloud() };
  each("[data-do]", (node) => node.addEventListener("click", () => actions[node.dataset.do]()));

  // Reading aloud, paragraph by paragraph, with the browser's own voice.
  const speech = window.speechSynthesis;
  const READ = "h1, h2, h3, p, li, dt, dd, td, th, caption, summary";
  /** @type {HTMLElement[]} */
  let left = [];
  const stop = () => {
    left = [];
    speech.cancel();
    each(".being-read", (node) => node.classList.remove("being-read"));
    each("[data-do=read]", (node) => {
      node.textContent = "朗读正文";
      node.setAttribute("aria-pressed", "false");
    });
  };
  const next = () => {
    each(".being-read", (node) => node.classList.remove("being-read"));
    const node = left.shift();
    if (!node) {
      stop();
      return;
    }
    node.classList.add("being-read");
    node.scrollIntoView({ block: "nearest" });
    const words = new window.SpeechSynthesisUtterance(node.textContent);
    words.lang = "zh-CN";
    words.rate = 0.9;
    words.addEventListener("end", () => left.length ? next() : stop());
    words.addEventListener("error", stop);
    speech.speak(words);
  };
  const readAloud = () => {
    if (left.length || speech.speaking) {
      stop();
      return;
    }
    const seen = [...document.querySelectorAll(".body")].flatMap((body) => [...body.querySelectorAll(READ)]);
    // The innermost pieces only, and only what is to be seen.
    left = seen.filter((node) => !node.querySelector(READ) && node.textContent.trim() && node.offsetParent && !node.closest(".tools, .visually-hidden"));
    each("[data-do=read]", (node) => {
      node.textContent = "停止朗读";
      node.setAttribute("aria-pressed", "true");
    });
    next();
  };
})();
