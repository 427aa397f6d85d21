// Asks for the latest state, shows it, and keeps the reader's place. Texts are set as text, never as markup.
"use strict";

const MAKING = "Making the document…";
const find = (id) => document.getElementById(id);
const leaves = find("leaves");
const tabs = [...document.querySelectorAll("[role=tab]")]; // one a document
const leafName = () => tabs.find((tab) => tab.dataset.document === shown.document).dataset.leaf;

let shown = { document: tabs[0].dataset.document, language: "", version: null, digest: null, keys: [] };
const PAUSE = 1000; // ms before the next question, where the last one was not held open
let asking = null; // the request that waits for news
let changed = []; // figures that the last save changed
let next = 0; // which of them `c` goes to

// Pictures are fetched when their page comes near the window.
const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
  { root: leaves, rootMargin: "150% 0px" },
);

function draw(figure) {
  const image = figure.querySelector("img");
  const width = Math.min(4000, Math.round(figure.clientWidth * (window.devicePixelRatio || 1)));
  const address = `leaf/${shown.document}/${shown.language}/${shown.digest}/${figure.dataset.number}?width=${width}`;
  if (image.dataset.address === address) return;
  image.dataset.address = address;
  const fresh = new Image(); // the old picture stays until the new one is there
  fresh.onload = () => {
    if (image.dataset.address !== address) return;
    image.src = address;
    image.dataset.shown = shown.digest;
  };
  fresh.src = address;
}

function make(tag, words, className) {
  const element = document.createElement(tag);
  if (words) element.textContent = words;
  if (className) element.className = className;
  return element;
}

function newFigure() {
  const figure = make("figure");
  figure.tabIndex = -1;
  const sheet = make("div", "", "sheet");
  sheet.append(make("img"));
  figure.append(sheet, make("figcaption"), make("p", "", "unseen"));
  return figure;
}

function fill(figure, leaf, number, count) {
  const name = `${leafName()} ${number + 1} of ${count}`;
  figure.dataset.number = number;
  figure.dataset.key = leaf.key;
  figure.id = `leaf-${number + 1}`;
  figure.querySelector(".sheet").style.aspectRatio = `${leaf.width} / ${leaf.height}`;
  figure.querySelector("img").alt = name;
  figure.querySelector("figcaption").textContent = name;
  const words = figure.querySelector(".unseen"); // what a screen reader reads of the page
  words.lang = shown.language;
  words.textContent = leaf.words;
}

// The place is a page and how far it is scrolled; the page is found again by what it says.
function place() {
  const top = leaves.getBoundingClientRect().top;
  const figure = [...leaves.children].find((one) => one.getBoundingClientRect().bottom > top + 8);
  return figure && { key: figure.dataset.key, number: Number(figure.dataset.number), gap: figure.getBoundingClientRect().top - top };
}

function goBack(before, keys) {
  if (!before) return;
  const same = keys.map((key, i) => (key === before.key ? i : -1)).filter((i) => i >= 0);
  const distance = (i) => Math.abs(i - before.number);
  const number = same.length ? same.reduce((a, b) => (distance(b) < distance(a) ? b : a)) : Math.min(before.number, keys.length - 1);
  const figure = leaves.children[number];
  if (figure) leaves.scrollTop += figure.getBoundingClientRect().top - leaves.getBoundingClientRect().top - before.gap;
}

function showLeaves(state, sameDocument) {
  const keys = state.leaves.map((leaf) => leaf.key);
  const before = sameDocument ? place() : null;
  const old = new Set(shown.keys);
  const follows = sameDocument && shown.keys.length > 0;
  while (leaves.children.length > keys.length) {
    near.unobserve(leaves.lastElementChild);
    leaves.lastElementChild.remove();
  }
  while (leaves.children.length < keys.length) leaves.append(newFigure());
  changed = [];
  state.leaves.forEach((leaf, number) => {
    const figure = leaves.children[number];
    if (!sameDocument) figure.querySelector("img").removeAttribute("src");
    fill(figure, leaf, number, keys.length);
    const differs = follows && !old.has(leaf.key);
    figure.classList.toggle("changed", differs);
    if (differs) changed.push(figure);
    near.unobserve(figure); // observed anew, it is drawn if it is near
    near.observe(figure);
  });
  next = 0;
  find("jump").hidden = !changed.length;
  shown.keys = keys;
  if (sameDocument) goBack(before, keys);
  else leaves.scrollTop = 0;
  if (follows) {
    const names = changed.slice(0, 5).map((figure) => Number(figure.dataset.number) + 1);
    const more = changed.length > 5 ? ` and ${changed.length - 5} more` : "";
    find("status").textContent = changed.length ? `Changed: ${leafName()} ${names.join(", ")}${more}` : "Nothing visible changed";
  }
}

function showFaults(state) {
  const errors = state.faults.filter((fault) => fault.severity === "error").length;
  const warnings = state.faults.length - errors;
  const count = (n, word) => (n ? [`${n} ${word}${n === 1 ? "" : "s"}`] : []);
  const words = [...count(errors, "fault"), ...count(warnings, "warning")].join(" and ");
  const summary = !words ? "None" : errors ? `${words}; the pages are those before` : words;
  if (find("summary").textContent !== summary) find("summary").textContent = summary;
  find("faults").replaceChildren(
    ...state.faults.map((fault) => {
      const item = make("li", "", fault.severity);
      const where = [fault.line && `line ${fault.line}, column ${fault.column}`, fault.place].filter(Boolean).join(" · ");
      item.append(make("span", fault.severity === "error" ? "Fault: " : "Warning: ", "kind"), fault.message);
      if (fault.advice) item.append(make("span", fault.advice, "advice"));
      item.append(make("span", where, "where"));
      return item;
    }),
  );
  leaves.classList.toggle("stale", errors > 0);
}

function showChoices(state) {
  const select = find("language");
  if ([...select.options].map((option) => option.value).join() !== state.languages.join()) {
    select.replaceChildren(...state.languages.map((language) => new Option(language, language)));
  }
  select.value = state.language;
  document.title = `${state.title} – preview`;
  find("title").textContent = state.title;
  for (const tab of tabs) {
    const selected = tab.dataset.document === state.document;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
    if (selected) leaves.setAttribute("aria-labelledby", tab.id);
  }
  leaves.dataset.document = state.document;
}

function show(state) {
  const sameDocument = state.document === shown.document && state.language === shown.language && shown.keys.length > 0;
  shown.version = state.version;
  shown.document = state.document;
  shown.language = state.language;
  showChoices(state);
  showFaults(state);
  if (state.digest && (state.digest !== shown.digest || !sameDocument)) {
    shown.digest = state.digest;
    showLeaves(state, sameDocument);
  } else if (!state.digest) {
    shown.digest = null;
    shown.keys = [];
    leaves.replaceChildren();
  }
  if (!state.digest) find("status").textContent = state.busy ? MAKING : "";
  else if (find("status").textContent === MAKING) find("status").textContent = "";
  leaves.setAttribute("aria-busy", String(Boolean(state.busy)));
}

async function ask(wait) {
  asking?.abort();
  if (document.hidden) return; // a window that nobody sees asks when it is seen again
  const request = (asking = new AbortController());
  const query = new URLSearchParams({ document: shown.document, language: shown.language });
  if (wait && shown.version !== null) query.set("after", shown.version);
  try {
    const answer = await fetch(`state?${query}`, { signal: request.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    const old = wait && state.version === shown.version;
    show(state);
    setTimeout(() => asking === request && ask(true), old ? PAUSE : 0);
  } catch (error) {
    if (error.name === "AbortError") return;
    find("status").textContent = "The preview has ended; start it again.";
    setTimeout(() => asking === request && ask(false), 2000);
  }
}

function choose(name, language) {
  if (name === shown.document && language === shown.language) return;
  shown = { ...shown, document: name, language, digest: null, keys: [] };
  leaves.replaceChildren();
  find("status").textContent = "";
  find("jump").hidden = true;
  ask(false);
}

function step(by) {
  const here = place();
  const target = leaves.children[Math.max(0, Math.min(leaves.children.length - 1, (here ? here.number : 0) + by))];
  target?.scrollIntoView({ block: "start" });
}

function jump() {
  if (!changed.length) return;
  const figure = changed[next++ % changed.length];
  figure.scrollIntoView({ block: "start" });
  figure.focus({ preventScroll: true });
}

tabs.forEach((tab, i) => {
  tab.addEventListener("click", () => choose(tab.dataset.document, shown.language));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const other = tabs[(i + by + tabs.length) % tabs.length];
    other.focus();
    other.click();
  });
});
find("language").addEventListener("change", (event) => choose(shown.document, event.target.value));
find("size").addEventListener("change", (event) => {
  const before = place();
  document.documentElement.style.setProperty("--zoom", event.target.value);
  goBack(before, shown.keys);
  [...leaves.children].forEach((figure) => { near.unobserve(figure); near.observe(figure); });
});
find("jump").addEventListener("click", jump);
// Who speaks to the machine may need single keys to do nothing (WCAG 2.1, 2.1.4).
document.addEventListener("keydown", (event) => {
  if (!find("keys").checked || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) return;
  const tab = tabs[Number(event.key) - 1];
  if (tab) tab.click();
  else if (event.key === "c") jump();
  else if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
});

document.addEventListener("visibilitychange", () => ask(false));
ask(false);
