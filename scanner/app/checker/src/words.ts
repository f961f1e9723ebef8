// What a reader reads, out of schemas/words: texts with their places filled, and numbers, amounts,
// dates and lists as the language writes them.
import en from "../../../../schemas/words/en.json";
import hi from "../../../../schemas/words/hi.json";
import nl from "../../../../schemas/words/nl.json";
import te from "../../../../schemas/words/te.json";
import zh from "../../../../schemas/words/zh.json";

export const languages = ["nl", "en", "zh", "hi", "te"] as const;
export type Language = (typeof languages)[number];
type Catalogue = typeof en;

const catalogues = { en, hi, nl, te, zh } as unknown as Record<Language, Catalogue>;

type Places = Record<string, string>;

// Base units in the unit people read.
const sizes: Record<string, number> = { g: 1_000_000, mm: 1000, mm2: 1_000_000, mm3: 1_000_000_000 };

export class Words {
  readonly language: Language;
  private readonly catalogue: Catalogue;

  constructor(language: Language) {
    this.language = language;
    this.catalogue = catalogues[language];
  }

  static nameOf(language: Language): string {
    return catalogues[language].name;
  }

  // "checker.title"; nothing when there is no such text.
  find(key: string): string | undefined {
    let value: unknown = this.catalogue;
    for (const name of key.split(".")) value = (value as Record<string, unknown> | undefined)?.[name];
    return typeof value === "string" ? value : undefined;
  }

  text(key: string, places: Places = {}): string {
    return this.filled(this.find(key) ?? key, places);
  }

  // The form for `n`, which stands for {n}.
  counted(key: string, n: number): string {
    const form = this.catalogue.one.includes(n) ? "one" : "other";
    return this.text(`${key}.${form}`, { n: this.number(n) });
  }

  // The word for one of ours, or the word as it came.
  word(list: string, name: string): string {
    // Names of people and places are no words of ours, whatever they are made of.
    return this.find(`${list}.${name.replaceAll(".", " ")}`) ?? name;
  }

  number(value: number): string {
    const { group, groups } = this.catalogue.number;
    let digits = String(Math.trunc(value));
    const parts: string[] = [];
    for (let i = 0; ; i++) {
      const size = groups[Math.min(i, groups.length - 1)];
      if (digits.length <= size) break;
      parts.unshift(digits.slice(-size));
      digits = digits.slice(0, -size);
    }
    return [digits, ...parts].join(group);
  }

  // "63.36 m²", "160 pieces"; at most two decimals.
  amount(value: number, unit: string): string {
    const size = sizes[unit];
    if (size === undefined) return this.counted("unit.piece", value);
    const hundredths = (BigInt(value) * 100n + BigInt(size) / 2n) / BigInt(size);
    const decimals = String(hundredths % 100n).padStart(2, "0").replace(/0+$/, "");
    const whole = this.number(Number(hundredths / 100n));
    return this.text(`unit.${unit}`, { n: decimals === "" ? whole : whole + this.catalogue.number.decimal + decimals });
  }

  percent(perMille: number): string {
    const rest = perMille % 10;
    const value = this.number(Math.floor(perMille / 10)) + (rest === 0 ? "" : this.catalogue.number.decimal + rest);
    return this.text("percent", { value });
  }

  // The day of a date or time in ISO form; other text as it is.
  date(iso: string): string {
    const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
    const month = parts === null ? undefined : this.catalogue.date.months[Number(parts[2]) - 1];
    if (parts === null || month === undefined) return iso;
    return this.text("date.pattern", { day: String(Number(parts[3])), month, year: parts[1] });
  }

  // "a, b and c"
  list(parts: string[]): string {
    const { comma, and } = this.catalogue.list;
    if (parts.length < 2) return parts.join("");
    return parts.slice(0, -1).join(comma) + and + parts[parts.length - 1];
  }

  private filled(text: string, places: Places): string {
    // Values are put in as they are and never looked through for places.
    return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => (Object.hasOwn(places, name) ? places[name] : whole));
  }
}
