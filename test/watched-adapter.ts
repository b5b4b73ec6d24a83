import { type Adapter, supports } from "@/server/platforms/adapter";
import type { Catalogue } from "@/server/platforms/row";

type Caller = (name: string, input: unknown) => Promise<unknown>;

/**
 * An adapter over `call` whose every capability may use only the rows that name it: what a row says about itself is then
 * what happens. `create` is a platform's `createAdapter`. A key it lacks fails the test that uses it.
 */
export function watchedAdapter(
  catalogue: Catalogue,
  call: Caller,
  create: (call: Caller) => Adapter,
): Required<Adapter> {
  const watched = supports(create(call)).map((capability) => {
    const checked: Caller = (name, input) => {
      if (!catalogue[name]?.capabilities.includes(capability))
        throw new Error(`${capability} goes through ${name}, whose row does not name it`);
      return call(name, input);
    };
    return [capability, create(checked)[capability]];
  });
  // Of the keys the adapter has each is there; the others are undefined, and calling one fails the test.
  return Object.fromEntries(watched) as Required<Adapter>;
}
