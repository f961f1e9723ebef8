// The checker page: the reader's own files in, the verdict out, on this device alone.
import { Unavailable } from "../../verifier/src/base/ed25519.ts";
import { NoPassport } from "../../verifier/src/files/carrier.ts";
import { type Report, writeReport } from "../../verifier/src/judge/index.ts";
import { check, WrongInput } from "../../verifier/src/verify.ts";
import { h } from "./dom.ts";
import { type Chosen, readFile, type Slot, slotFor, slots } from "./files.ts";
import { rehearse } from "./rehearsal.ts";
import { details, headline } from "./report_view.ts";
import { sign } from "./signs.ts";
import { type Language, languages, Words } from "./words.ts";

type Outcome =
  | { kind: "none" }
  | { kind: "checking" }
  | { kind: "problem"; slot: Slot; text: (words: Words) => string }
  | { kind: "could_not"; text: (words: Words) => string }
  | { kind: "report"; report: Report; asksWitnesses: boolean; trust: string; documents: boolean; milliseconds: number };

const bad = ["invalid", "mismatch", "duplicate", "over_yield"];

class Page {
  private words: Words;
  private readonly files = new Map<Slot, Chosen[]>(slots.map((slot) => [slot, []]));
  private date = today();
  private outcome: Outcome = { kind: "none" };
  private readonly main = h("main", {});
  // Announced when its content changes; so it is there before.
  private readonly status = h("div", { role: "status", id: "status" });

  constructor() {
    const wanted = navigator.languages.map((language) => language.slice(0, 2));
    this.words = new Words((wanted.find((code) => languages.includes(code as Language)) ?? "en") as Language);
    document.body.append(this.main);
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  render(): void {
    const { words } = this;
    document.documentElement.lang = words.language;
    document.title = words.text("checker.title");
    this.main.replaceChildren(this.top(), this.problem(), this.form(), this.result());
  }

  private top(): HTMLElement {
    const { words } = this;
    const select = h(
      "select",
      { id: "language" },
      ...languages.map((language) => h("option", { value: language, lang: language, selected: language === words.language }, Words.nameOf(language))),
    );
    select.addEventListener("change", () => {
      this.words = new Words(select.value as Language);
      this.render();
      document.getElementById("language")?.focus();
    });
    return h(
      "header",
      {},
      h("div", {}, h("h1", {}, words.text("checker.title")), h("p", {}, words.text("checker.intro"))),
      h("div", { class: "field" }, h("label", { for: "language" }, words.text("checker.language")), select),
    );
  }

  private problem(): HTMLElement {
    const { outcome, words } = this;
    if (outcome.kind !== "problem") return h("div", {});
    return h(
      "div",
      { class: "problem", role: "alert", tabindex: "-1", id: "problem" },
      h("h2", {}, words.text("checker.problem")),
      h("ul", {}, h("li", {}, h("a", { href: `#${outcome.slot}` }, outcome.text(words)))),
    );
  }

  private form(): HTMLElement {
    const { words } = this;
    const date = h("input", { type: "date", id: "date", value: this.date, required: true });
    date.addEventListener("change", () => (this.date = date.value || today()));
    const form = h(
      "form",
      { novalidate: true },
      h("p", { class: "drop" }, words.text("checker.drop")),
      this.field("passport", "checker.file", "checker.file_hint"),
      this.field("trust", "checker.trust", "checker.trust_hint"),
      this.field("contract", "checker.contract", "checker.contract_hint"),
      this.field("scans", "checker.scans"),
      this.field("sightings", "checker.sightings"),
      this.field("letter", "checker.letter", "checker.letter_hint"),
      this.field("key", "checker.key"),
      h("div", { class: "field" }, h("label", { for: "date" }, words.text("checker.date")), date),
      h("button", { type: "submit", id: "check" }, words.text("checker.check")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.check();
    });
    return form;
  }

  private field(slot: Slot, label: string, hint?: string): HTMLElement {
    const { words, outcome } = this;
    const chosen = this.files.get(slot)!;
    const wrong = outcome.kind === "problem" && outcome.slot === slot ? outcome.text(words) : null;
    const described = [hint === undefined ? null : `${slot}-hint`, wrong === null ? null : `${slot}-error`].filter((id) => id !== null);
    const input = h("input", {
      type: "file",
      id: slot,
      multiple: several(slot),
      accept: slot === "passport" ? ".json,.html,.htm,.pdf" : slot === "key" ? ".pem" : ".json,.ndjson,.txt",
      "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
      "aria-invalid": wrong === null ? undefined : "true",
    });
    input.addEventListener("change", () => void this.take([...(input.files ?? [])], slot));
    return h(
      "div",
      { class: wrong === null ? "field" : "field wrong" },
      h("label", { for: slot }, words.text(label)),
      hint === undefined ? null : h("p", { class: "hint", id: `${slot}-hint` }, words.text(hint)),
      wrong === null ? null : h("p", { class: "error", id: `${slot}-error` }, wrong),
      input,
      chosen.length === 0 ? null : h("ul", { class: "chosen" }, ...chosen.map((file) => this.chosen(slot, file))),
    );
  }

  private chosen(slot: Slot, file: Chosen): HTMLElement {
    const remove = h("button", { type: "button", class: "quiet" }, this.words.text("checker.remove", { file: file.name }));
    remove.addEventListener("click", () => {
      this.files.set(slot, this.files.get(slot)!.filter((other) => other !== file));
      this.show({ kind: "none" });
      document.getElementById(slot)?.focus();
    });
    return h("li", {}, h("span", {}, file.name), " ", remove);
  }

  private async take(files: File[], into?: Slot): Promise<void> {
    for (const file of files) {
      let chosen: Chosen;
      try {
        chosen = await readFile(file);
      } catch {
        return this.show({ kind: "problem", slot: into ?? "passport", text: (words) => this.couldNot(words, words.text("reason.not_readable")) });
      }
      const slot = into ?? slotFor(chosen);
      this.files.set(slot, several(slot) ? [...this.files.get(slot)!, chosen] : [chosen]);
    }
    this.show({ kind: "none" });
    if (into !== undefined) document.getElementById(into)?.focus();
  }

  private couldNot(words: Words, reason: string): string {
    return words.text("checker.could_not", { reason });
  }

  private show(outcome: Outcome): void {
    this.outcome = outcome;
    this.render();
  }

  private async check(): Promise<void> {
    const [trust] = this.files.get("trust")!;
    const passports = this.files.get("passport")!;
    if (passports.length === 0) return this.refuse("passport", (words) => words.text("checker.no_file"));
    if (trust === undefined) return this.refuse("trust", (words) => words.text("checker.no_trust"));
    const letters = this.files.get("letter")!;
    const [key] = this.files.get("key")!;
    if (letters.length > 0 && key === undefined) return this.refuse("key", (words) => words.text("checker.no_key"));
    for (const { bytes, name } of passports) {
      const reason = bytes.length === 0 ? "reason.empty" : looksLikeNothing(bytes) ? "reason.not_a_passport" : null;
      if (reason !== null) return this.cannot((words) => `${name}: ${this.couldNot(words, words.text(reason))}`);
    }
    this.show({ kind: "checking" });
    await new Promise((painted) => setTimeout(painted));
    const optional = (slot: Slot) => this.files.get(slot)![0]?.bytes;
    const started = performance.now();
    try {
      const { report, asksWitnesses } = await check({
        passports: passports.map(({ bytes }) => bytes),
        trust: trust.bytes,
        contract: optional("contract"),
        scans: optional("scans"),
        sightings: optional("sightings"),
        date: this.date,
        letters: letters.map(({ bytes }) => bytes),
        key: key === undefined ? "" : new TextDecoder().decode(key.bytes),
      });
      const milliseconds = performance.now() - started;
      const documents = passports.some(({ bytes }) => bytes[0] !== 0x7b);
      this.show({ kind: "report", report, asksWitnesses, trust: trust.name, documents, milliseconds });
      document.getElementById("verdict")?.focus();
    } catch (error) {
      this.explain(error);
    }
  }

  private refuse(slot: Slot, text: (words: Words) => string): void {
    this.show({ kind: "problem", slot, text });
    document.getElementById("problem")?.focus();
  }
  private cannot(text: (words: Words) => string): void {
    this.show({ kind: "could_not", text });
    document.getElementById("verdict")?.focus();
  }

  // Nothing that went wrong here says anything about the goods.
  private explain(error: unknown): void {
    if (error instanceof Unavailable) {
      return this.cannot((words) => this.couldNot(words, words.text("reason.unsupported_browser")));
    }
    if (!(error instanceof WrongInput)) {
      return this.cannot((words) => this.couldNot(words, error instanceof Error ? error.message : String(error)));
    }
    const { part, index, cause } = error;
    if (part === "passport" && cause instanceof NoPassport) {
      const name = this.files.get("passport")![index]?.name ?? "";
      const { reason, detail } = cause;
      return this.cannot((words) => `${name}: ${this.couldNot(words, words.text(`reason.${reason}`, { detail, limit: "64 MiB" }))}`);
    }
    const slot = slots.find((slot) => slot === part) ?? "passport";
    const file = this.files.get(slot)![index]?.name ?? "";
    const key = part === "sightings" ? "checker.wrong_scans" : part === "key" ? "checker.wrong_letter" : `checker.wrong_${part}`;
    this.refuse(slot, (words) => words.text(key, { file, reason: error.message }));
  }

  private result(): HTMLElement {
    const { outcome, status, words } = this;
    status.setAttribute("role", outcome.kind === "report" && bad.includes(outcome.report.verdict ?? "") ? "alert" : "status");
    status.replaceChildren();
    const after = h("div", { class: "details" });
    if (outcome.kind === "checking") status.append(h("p", { class: "checking" }, words.text("checker.checking")));
    if (outcome.kind === "could_not") {
      status.append(
        h(
          "div",
          { class: "verdict not_verifiable" },
          sign("not_verifiable"),
          h("div", {}, h("h2", { id: "verdict", tabindex: "-1" }, words.text("verdict.not_verifiable.heading")), h("p", { class: "sentence" }, outcome.text(words))),
        ),
      );
    }
    if (outcome.kind === "report") {
      const { report, asksWitnesses, trust, documents, milliseconds } = outcome;
      status.append(headline(report, words));
      const save = h("button", { type: "button" }, words.text("checker.save"));
      save.addEventListener("click", () => download(report));
      after.append(
        ...details(report, words, asksWitnesses),
        h(
          "footer",
          { "data-milliseconds": milliseconds.toFixed(1) },
          h("p", {}, words.text("checker.checked_here", { date: words.date(report.date), file: trust })),
          documents ? h("p", {}, words.text("checker.ignored")) : null,
          save,
        ),
      );
    }
    return h("section", { "aria-label": words.text("checker.result"), "data-verdict": outcome.kind === "report" ? (outcome.report.verdict ?? "none") : outcome.kind }, status, after);
  }
}

function several(slot: Slot): boolean {
  return slot === "passport" || slot === "letter";
}

// Neither an object nor a document: whatever it is, it is not a passport that was altered.
function looksLikeNothing(bytes: Uint8Array): boolean {
  return !/^(?:\u00ef\u00bb\u00bf)?\s*[{<]|^%PDF-/.test(String.fromCharCode(...bytes.subarray(0, 200)));
}

function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function download(report: Report): void {
  const url = URL.createObjectURL(new Blob([writeReport(report)], { type: "application/json" }));
  h("a", { href: url, download: `verdict-${report.date}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

new Page().render();
// A browser that lacks what a check needs says so when it is asked to check.
void rehearse().catch(() => undefined);
