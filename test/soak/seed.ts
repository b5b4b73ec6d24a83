import { Dice } from "../simulators/dice";

/**
 * Dice for one purpose ("operator 7, turn 12"): the same seed and purpose throw the same numbers whatever the others
 * throw meanwhile, so that a choice can be repeated though the order in which choices are made cannot.
 */
export function diceFor(seed: number, ...purpose: (string | number)[]): Dice {
  // FNV-1a: spreads purposes that differ in one character.
  let hash = 0x811c9dc5 ^ seed;
  for (const character of purpose.join("/")) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return new Dice(hash);
}

/** A seed of nobody's choosing. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}
