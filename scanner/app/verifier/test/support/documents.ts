// HTML and PDF documents around a passport, as printed ones are, and such as are not.
import { deflateSync } from "node:zlib";

export const opening = '<script type="application/vnd.quarrymark.passport" data-encoding="base64">';

export function html(passport: Uint8Array, more = ""): Uint8Array {
  const element = `${opening}${Buffer.from(passport).toString("base64")}</script>`;
  return page(`${more}${element}`);
}
export function page(body: string): Uint8Array {
  const text = `<!doctype html>\n<html lang="en"><head><title>Stone passport</title></head><body>${body}</body></html>\n`;
  return new Uint8Array(Buffer.from(text));
}

export interface Attached {
  key?: string;
  name: string;
  content: Uint8Array;
}

// One page with a line of text, and embedded files.
export function pdf(attached: Attached[], text = "Stated by the presenter"): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number => objects.push(Buffer.from(body as string));
  const stream = (entries: string, content: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`<< ${entries} /Length ${content.length} >>\nstream\n`),
      content,
      Buffer.from("\nendstream"),
    ]);
  const specs = attached.map(({ key, name, content }) => {
    const packed = deflateSync(content);
    const file = add(stream(`/Type /EmbeddedFile /Filter /FlateDecode /Params << /Size ${content.length} >>`, packed));
    const spec = add(`<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F ${file} 0 R >> >>`);
    return `(${key ?? name}) ${spec} 0 R`;
  });
  const content = add(stream("", Buffer.from(`BT /F1 12 Tf 72 720 Td (${text}) Tj ET`)));
  const font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const pages = objects.length + 2;
  const first = add(
    `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R ` +
      `/Resources << /Font << /F1 ${font} 0 R >> >> >>`,
  );
  add(`<< /Type /Pages /Kids [${first} 0 R] /Count 1 >>`);
  const names = specs.length > 0 ? `/Names << /EmbeddedFiles << /Names [${specs.join(" ")}] >> >>` : "";
  const catalog = add(`<< /Type /Catalog /Pages ${pages} 0 R ${names} >>`);
  return written(objects, catalog);
}

function written(objects: Buffer[], catalog: number): Uint8Array {
  const parts = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
  const places: number[] = [];
  let at = parts[0].length;
  objects.forEach((body, i) => {
    places.push(at);
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    parts.push(part);
    at += part.length;
  });
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root ${catalog} 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
