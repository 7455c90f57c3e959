/** Two of our scripts may stand on one page; the first to bring an element has it. Tells whether that was this one. */
export function define(name: string, element: CustomElementConstructor): boolean {
  if (customElements.get(name)) return false;
  customElements.define(name, element);
  return true;
}
