import type { Place } from "../entity";
import { notOffered } from "../not-offered";

/**
 * A text to be set. The server takes an empty one for "leave it as it is" and says that it is done: throws `not_offered`
 * naming `field`, so that nobody takes it for cleared.
 */
export function given(field: string, value: string): string {
  if (value === "") throw notOffered(field);
  return value;
}

/** The same where it may be left out: an object with the wire's name for it, or an empty one. */
export function givenAs<N extends string>(name: N, field: string, value: string | undefined): { [K in N]?: string } {
  // One key of a literal type: TypeScript widens it to any text.
  return value === undefined ? {} : ({ [name]: given(field, value) } as { [K in N]?: string });
}

const address = /^https?:\/\//i;

/** A picture or a file, which the server knows by its address only: throws `not_offered` for content that comes along. */
export function addressed(field: string, source: string): string {
  if (!address.test(source)) throw notOffered(field);
  return source;
}

/** A place as the server takes it: 0 is "missing" to it, so throws `not_offered` for the equator and the prime meridian. */
export function degrees({ latitude, longitude }: Place): Place {
  if (latitude === 0) throw notOffered("latitude");
  if (longitude === 0) throw notOffered("longitude");
  return { latitude, longitude };
}
