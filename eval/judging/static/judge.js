// Keys for the page for judging. Everything it does can be done without it.
"use strict";

(() => {
  const REST = 300; // Milliseconds in which no key counts: a second press of the last key is no judgement of this page.
  const NAME = "raadspoor-toetsen";
  const toggle = document.querySelector(".switch");
  let on = read() !== "off";
  let sent = false;

  function read() {
    try {
      return localStorage.getItem(NAME);
    } catch {
      return null;
    }
  }

  function keep(value) {
    try {
      localStorage.setItem(NAME, value);
    } catch {
      // It holds for this page alone, then.
    }
  }

  function show() {
    document.body.classList.toggle("keys-off", !on);
    toggle.textContent = on ? toggle.dataset.off : toggle.dataset.on;
  }

  function press(event) {
    const field = event.target.closest("textarea, input, select");
    if (field) {
      if (event.key === "Escape") {
        field.blur();
      }
      return;
    }
    if (!on || sent || event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const key = event.key.toLowerCase();
    const found = /^[0-3sbn]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
    if (!found) {
      return;
    }
    event.preventDefault();
    if (key === "n") {
      found.focus();
    } else {
      found.click();
    }
  }

  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      on = !on;
      keep(on ? "on" : "off");
      show();
    });
    show();
  }
  const form = document.querySelector("form");
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
    }
    sent = true;
  });
  // A page that the browser brings back from memory can be judged again.
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  setTimeout(() => {
    document.addEventListener("keydown", press);
    document.body.dataset.keys = "ready";
  }, REST);
})();
