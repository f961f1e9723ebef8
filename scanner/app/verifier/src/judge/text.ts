// Names as they are compared, the order of digests, and sentences.

// NFC, with white space at both ends taken off (FORMATS.md, "Fields a verifier reads").
export function comparableName(name: string): string {
  return name.normalize("NFC").replace(/^[\t-\r\p{Z}]+|[\t-\r\p{Z}]+$/gu, "");
}

export function sameName(a: string, b: string): boolean {
  return a === b || comparableName(a) === comparableName(b);
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Order of the bytes that two base64url texts of one length stand for.
export function compareDigests(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++)
    if (a[i] !== b[i]) return BASE64URL.indexOf(a[i]!) - BASE64URL.indexOf(b[i]!);
  return a.length - b.length;
}

export function capitalised(text: string): string {
  return /^[a-z]/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
}

export function ended(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
