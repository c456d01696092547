// Looks again at a page whose work still runs, and shows what has changed. Without script a link does it.
const lookAgain = async shown => {
  try {
    const answer = await fetch(shown.dataset.again, { credentials: "same-origin", redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById(shown.id);
    if (fresh) { shown.replaceWith(fresh); shown = fresh; }
  } catch (error) { /* The line is away: look again later. */ }
  if (shown.dataset.again) setTimeout(lookAgain, 3000, shown);
};
document.querySelectorAll("[data-again]").forEach(shown => setTimeout(lookAgain, 1500, shown));
