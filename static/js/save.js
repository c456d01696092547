// Saves a form on the server while it is written, and says so. Without script each screen saves.
document.querySelectorAll("form[data-save]").forEach(form => {
  const line = form.querySelector("[data-saved]"), mark = form.elements.mark;
  let due = 0, last = "", flight;
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.delete("mark");
    const words = String(body);
    if (words === last) return;
    // The server answers with the mark of what it keeps now: the next save and the sending carry it.
    if (mark) body.set("mark", mark.value);
    flight = new AbortController();
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, credentials: "same-origin", redirect: "error", signal: flight.signal });
      if (!answer.ok || !line) return;
      last = words;
      if (mark) mark.value = answer.headers.get("X-Mark") || mark.value;
      if (form.dataset.here) history.replaceState(null, "", form.dataset.here);
      line.hidden = false; line.textContent = form.dataset.saveWords;
    } catch (error) { return; }
  };
  form.addEventListener("input", () => { clearTimeout(due); if (line) line.hidden = true; due = setTimeout(save, 1500); });
  form.addEventListener("submit", () => { clearTimeout(due); if (flight) flight.abort(); });
});
