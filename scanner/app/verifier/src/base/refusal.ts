// Input that is not in the one form allowed: what is wrong, and where. Thrown by everything that
// reads bytes from outside, and caught where the reader knows what it means: in a passport it is a
// finding, in a trust file the check cannot be made at all.

export class Refusal extends Error {
  readonly field: string; // "packets[2].proof[0]", or empty

  constructor(message: string, field = "") {
    super(message);
    this.name = "Refusal";
    this.field = field;
  }

  // One line for a person.
  line(): string {
    return this.field === "" ? this.message : `${this.field}: ${this.message}`;
  }
}

// Runs `read`; a refusal out of it gets `place` put before its own.
export function within<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const dot = error.field === "" || error.field.startsWith("[") || place === "" ? "" : ".";
    throw new Refusal(error.message, place + dot + error.field);
  }
}

// The refusal of `read`, or its value: for callers that turn one into something of their own.
export function attempt<T>(read: () => T): { value: T } | { refusal: Refusal } {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: error };
  }
}
