// Suggestions under a search box, as an ARIA 1.2 combobox. Without this file the box is a plain field and works.
"use strict";

const WAIT = 120; // milliseconds after the last key
const LEAST = 2; // letters

for (const input of document.querySelectorAll("input[data-suggest]")) begin(input);

function begin(input) {
  const box = input.closest(".search-box");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let chosen = -1, timer = 0, asked = null;

  list.id = input.id + "-suggesties";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggest);
  told.className = "unseen";
  told.setAttribute("role", "status");
  box.append(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-haspopup", "listbox"]]) {
    input.setAttribute(name, value);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) return;
      event.preventDefault();
      const count = list.children.length, step = event.key === "ArrowDown" ? 1 : -1;
      // One place is the field itself.
      mark((chosen + 1 + step + count + 1) % (count + 1) - 1);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });

  async function ask() {
    const typed = input.value;
    if (asked) asked.abort();
    if (typed.trim().length < LEAST) return close();
    asked = new AbortController();
    try {
      const answer = await fetch("/api/suggesties?q=" + encodeURIComponent(typed), { signal: asked.signal });
      if (answer.ok && input.value === typed && document.activeElement === input) show((await answer.json()).suggestions);
    } catch (error) {
      close(); // no suggestions is no trouble: the field works
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = list.hidden ? "" : input.dataset.suggestCount.replace("{count}", suggestions.length);
  }

  function option(suggestion, at) {
    const item = document.createElement("li"), text = document.createElement("span");
    item.id = list.id + "-" + at;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.query = suggestion.query;
    text.lang = "nl";
    text.textContent = suggestion.text;
    item.append(text);
    const name = input.dataset["suggest" + suggestion.kind.split("_").map((part) => part[0].toUpperCase() + part.slice(1)).join("")];
    if (name) {
      const kind = document.createElement("span");
      kind.className = "suggestion-kind";
      kind.textContent = name;
      item.append(" ", kind);
    }
    return item;
  }

  function mark(at) {
    chosen = at;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    input.value = item.dataset.query;
    close();
    input.form.requestSubmit();
  }

  function close() {
    clearTimeout(timer);
    list.hidden = true;
    chosen = -1;
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}
