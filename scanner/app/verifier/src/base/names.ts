// Names of fields in heads (FORMATS.md, rule 9); docs/verification_order.md has their length.
const maxFieldName = 64;

// Of a field that is no output.
export function isFieldName(name: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(name) && name.length <= maxFieldName && name !== "event" && name !== "device";
}
