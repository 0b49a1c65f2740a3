// All elements in a part of the page that fit, the part itself among them.
export const all = (part, selector) => [...(part.matches?.(selector) ? [part] : []), ...part.querySelectorAll(selector)];
