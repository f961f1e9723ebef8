// Elements made by hand. Everything out of a file goes in as text, never as HTML.
type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | undefined>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

// What the verifier says in English only.
export function inEnglish(text: string): HTMLElement {
  return h("span", { lang: "en" }, text);
}

export function picture(viewBox: string, shapes: [string, Record<string, string>][], attributes: Record<string, string>): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", viewBox);
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  for (const [tag, shape] of shapes) {
    const element = document.createElementNS(namespace, tag);
    for (const [name, value] of Object.entries(shape)) element.setAttribute(name, value);
    svg.append(element);
  }
  return svg;
}
