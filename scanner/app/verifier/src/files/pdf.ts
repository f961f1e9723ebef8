// The files embedded in a PDF document, by pdf.js, which is loaded only when one is opened. Nothing
// of the document is drawn or run.
import type { DocumentInitParameters } from "pdfjs-dist/types/src/display/api.js";

export interface Embedded {
  names: string[]; // every name the document gives it
  content: Uint8Array;
}

export async function embeddedFiles(bytes: Uint8Array): Promise<{ encrypted: boolean; files: Embedded[] }> {
  // pdf.js expects these when it is loaded, to draw with; a browser has them, node has not.
  for (const name of ["DOMMatrix", "ImageData", "Path2D"]) {
    if (!(name in globalThis)) Object.assign(globalThis, { [name]: class {} });
  }
  // Without a worker of its own: the page is one file, and the command needs none.
  const [pdfjs, worker] = await Promise.all([
    import("pdfjs-dist/legacy/build/pdf.mjs"),
    // @ts-expect-error the package has no types for its worker
    import("pdfjs-dist/legacy/build/pdf.worker.mjs"),
  ]);
  Object.assign(globalThis, { pdfjsWorker: worker });
  const options: DocumentInitParameters = {
    data: bytes.slice(), // pdf.js takes the bytes over
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    stopAtErrors: true,
    verbosity: 0,
  };
  const task = pdfjs.getDocument(options);
  try {
    const document = await task.promise;
    const { info } = (await document.getMetadata()) as { info: { EncryptFilterName?: string | null } };
    const attachments = ((await document.getAttachments()) ?? {}) as Record<
      string,
      { filename: string; rawFilename?: string; content: Uint8Array }
    >;
    const files = Object.entries(attachments).map(([key, { filename, rawFilename, content }]) => ({
      names: [key, filename, rawFilename ?? ""],
      content: new Uint8Array(content),
    }));
    return { encrypted: Boolean(info.EncryptFilterName), files };
  } finally {
    await task.destroy();
  }
}
