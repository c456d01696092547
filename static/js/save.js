// Saves a form on the server while it is written, and says so. Without script each screen saves.
document.querySelectorAll("form[data-save]").forEach(form => {
  const line = form.querySelector("[data-saved]");
  let due = 0, last = "";
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    if (String(body) === last) return;
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      if (!answer.ok || !line) return;
      last = String(body);
      if (form.dataset.here) history.replaceState(null, "", form.dataset.here);
      line.hidden = false; line.textContent = form.dataset.saveWords;
    } catch (error) { return; }
  };
  form.addEventListener("input", () => { clearTimeout(due); if (line) line.hidden = true; due = setTimeout(save, 1500); });
  form.addEventListener("submit", () => clearTimeout(due));
});
