// Text fields as high as what is in them: by the browser where it can do that, else measured.

/** @param {HTMLElement} within */
export function growing(within) {
  if (globalThis.CSS?.supports?.("field-sizing", "content")) return;
  const fields = [...within.querySelectorAll("textarea")];
  for (const field of fields) field.style.height = "auto";
  const heights = fields.map((field) => field.scrollHeight); // all are read before any is written
  fields.forEach((field, at) => { field.style.height = `${heights[at] + 4}px`; });
  within.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 4}px`;
  });
}
