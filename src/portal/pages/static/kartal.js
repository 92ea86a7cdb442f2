// Counting down, copying, waiting for a signature, and the districts of a province. Every page works without it.
"use strict";
(() => {
  document.documentElement.classList.add("script");

  // Counts by the service's clock: the page says how many seconds are left, and only time that passes is counted here.
  const countdown = (place) => {
    const begun = performance.now();
    let left = Number(place.dataset.left);
    const say = document.getElementById(place.dataset.say);
    const said = new Set();
    const target = document.getElementById(place.dataset.target);
    if (target) target.hidden = true;
    const show = () => {
      const now = Math.max(0, Math.ceil(left - (performance.now() - begun) / 1000));
      place.textContent = Math.floor(now / 60) + ":" + String(now % 60).padStart(2, "0");
      for (const mark of [60, 10]) {
        if (say && now <= mark && now > 0 && Number(place.dataset.left) > mark && !said.has(mark)) {
          said.add(mark);
          say.textContent = say.dataset["at" + mark];
        }
      }
      if (now > 0) {
        setTimeout(show, 250);
      } else if (place.dataset.over === "reload") {
        // Not a reload: what came of a form would be sent again.
        setTimeout(() => location.replace(location.pathname), 1200);
      } else if (place.dataset.over === "enable") {
        target.hidden = false;
        place.parentElement.hidden = true;
      }
    };
    show();
  };
  document.querySelectorAll("[data-left]").forEach(countdown);

  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const text = source.textContent.replace(/\s+/g, "");
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Without the right to the clipboard (a page over plain HTTP): by way of the selection.
        getSelection().selectAllChildren(source);
        document.execCommand("copy");
      }
      document.getElementById(button.dataset.say).textContent = button.dataset.done;
    });
  });

  // Waits for what becomes of the signature. What is shown is made by the service: any news loads the page again.
  const watch = async (place) => {
    const known = place.dataset.state;
    let pause = 1000;
    for (;;) {
      try {
        const answer = await fetch(place.dataset.watch + "?known=" + known, { cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        const news = await answer.json();
        if (news.state !== known) {
          location.reload();
          return;
        }
        pause = 1000;
      } catch {
        pause = Math.min(pause * 2, 15000);
      }
      await new Promise((done) => setTimeout(done, pause));
    }
  };
  document.querySelectorAll("[data-watch]").forEach(watch);

  document.querySelectorAll("select[data-districts]").forEach(async (province) => {
    const district = document.getElementById(province.dataset.districts);
    const all = await (await fetch("/districts.json")).json();
    province.addEventListener("change", () => {
      const found = all.find((one) => one.name === province.value);
      district.replaceChildren(district.options[0], ...(found ? found.districts : []).map((name) => new Option(name, name)));
      district.selectedIndex = 0;
    });
    // Gone, not hidden: Enter presses a form's first button, seen or not.
    document.querySelectorAll(".unscripted").forEach((place) => place.remove());
  });

  // Whoever types is there: a session does not end under a form that is being filled in.
  const alive = document.body.dataset.alive;
  let heard = performance.now();
  if (alive) document.addEventListener("input", () => {
    if (performance.now() - heard < 60000) return;
    heard = performance.now();
    fetch(alive, { cache: "no-store" }).catch(() => {});
  });

  // A second click sends nothing. The service would not mind; people would.
  document.querySelectorAll("form").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      if (form.dataset.stays === undefined) form.dataset.sent = "1";
      form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
      if (form.dataset.stays !== undefined) setTimeout(() => form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled")), 1500);
    });
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  // Faults above the form: whoever sent it lands there.
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
})();
