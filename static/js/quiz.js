// Shows one question of a quiz at a time. Without script all of them show.
document.querySelectorAll("[data-quiz]").forEach(quiz => {
  const steps = [...quiz.querySelectorAll("[data-quiz-step]")];
  const form = quiz.querySelector("form");
  const send = form.querySelector("button.button[type=submit]:not([name])");
  if (steps.length < 2 || quiz.querySelector(".note-not-yet, .note-right")) return;
  let at = Math.max(0, steps.findIndex(step => step.querySelector(".has-error")));
  const words = [quiz.dataset.back, quiz.dataset.next];
  const [back, next] = words.map(text => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "button quiet"; button.textContent = text;
    return button;
  });
  const row = document.createElement("p");
  row.className = "quiz-steps";
  row.append(back, " ", next, " ");
  send.before(row);
  row.append(send);
  const show = focus => {
    steps.forEach((step, number) => { step.hidden = number !== at; });
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
    if (focus) { const target = steps[at].querySelector("input:not([type=hidden]), select"); if (target) target.focus(); }
  };
  back.addEventListener("click", () => { at -= 1; show(true); });
  next.addEventListener("click", () => { at += 1; show(true); });
  form.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.matches("input") && at < steps.length - 1) { event.preventDefault(); at += 1; show(true); }
  });
  show(false);
});
