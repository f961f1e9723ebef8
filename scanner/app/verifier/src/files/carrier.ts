// A passport as it comes: as JSON, or carried inside an HTML or PDF document. What a document says
// of itself is never read.
//
// HTML: no parser, one string is looked for, and a file in which it could be read in two ways is
// refused; so a comment, an attribute or a second element cannot show one passport here and another
// to a browser. PDF: exactly one embedded file named passport.json.
import { fromBase64 } from "../base/base64.ts";
import { attempt } from "../base/refusal.ts";
import { maxPassportBytes } from "../proofs/passport.ts";
import { embeddedFiles } from "./pdf.ts";

export const maxFileBytes = 64 << 20; // of a document
export const attachmentName = "passport.json";

const mediaType = "application/vnd.quarrymark.passport";
const opening = `<script type="${mediaType}" data-encoding="base64">`;
const closing = "</script>";

// Why there is no passport to check: a word of `reason` in schemas/words, and details.
export type Reason = "too_large" | "none_inside" | "several_inside" | "broken_html" | "broken_pdf" | "encrypted_pdf";

export class NoPassport extends Error {
  readonly reason: Reason;
  readonly detail: string;
  constructor(reason: Reason, detail = "") {
    super(detail === "" ? reason : `${reason}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

export type Format = "html" | "pdf" | "other";

// One character a byte, so that any bytes can be searched as text.
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return text;
}

// By content alone.
export function formatOf(bytes: Uint8Array): Format {
  const start = latin1(bytes.subarray(0, 4096));
  if (start.startsWith("%PDF-")) return "pdf";
  return /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n\f]*<(?:!doctype|html)/i.test(start) ? "html" : "other";
}

// The bytes of the passport; those of any other format as they are, for the check to judge.
export async function takeOut(bytes: Uint8Array): Promise<Uint8Array> {
  const format = formatOf(bytes);
  if (format === "other") return bytes;
  if (bytes.length > maxFileBytes) throw new NoPassport("too_large");
  return format === "html" ? fromHtml(bytes) : await fromPdf(bytes);
}

function fromHtml(bytes: Uint8Array): Uint8Array {
  const html = latin1(bytes);
  const named = html.match(new RegExp(mediaType.replaceAll(".", "\\."), "gi"))?.length ?? 0;
  if (named === 0) throw new NoPassport("none_inside");
  if (named > 1) throw new NoPassport("several_inside");
  const at = html.indexOf(opening);
  if (at < 0) throw new NoPassport("broken_html", `its passport does not open with ${opening}`);
  const begin = at + opening.length;
  const end = html.indexOf("<", begin);
  if (end < 0 || !html.startsWith(closing, end)) {
    throw new NoPassport("broken_html", `its passport does not end with ${closing}`);
  }
  if (((end - begin) / 4) * 3 > maxPassportBytes + 2) throw new NoPassport("too_large");
  const passport = attempt(() => fromBase64(html.slice(begin, end)));
  if ("refusal" in passport) throw new NoPassport("broken_html", passport.refusal.message);
  return passport.value;
}

async function fromPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const { encrypted, files } = await embeddedFiles(bytes).catch((error: Error) => {
    throw new NoPassport(error.name === "PasswordException" ? "encrypted_pdf" : "broken_pdf", error.message);
  });
  if (encrypted) throw new NoPassport("encrypted_pdf");
  const ours = files.filter(({ names }) => names.includes(attachmentName));
  if (ours.length === 0) throw new NoPassport("none_inside");
  if (ours.length > 1) throw new NoPassport("several_inside");
  if (ours[0].content.length > maxPassportBytes) throw new NoPassport("too_large");
  return ours[0].content;
}
