/** Roads a finger walks along: alphabet, digits, keyboard rows and the two zigzags. Each counts backwards too. */
const walks: readonly string[] = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop[]",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "!@#$%^&*()_+",
  "`1234567890-=",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "zaq1xsw2cde3vfr4bgt5nhy6mju7",
  "qazwsxedcrfvtgbyhnujmikolp",
  "a1b2c3d4e5f6g7h8i9j0",
  "1a2b3c4d5e6f7g8h9i0j",
  "14725836901",
  "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz",
  "112233445566778899001122",
];
const bothWays = walks.flatMap((walk) => [walk, [...walk].reverse().join("")]);

/** Shorter stretches happen by chance in words ("def", "mno" and "tre"). */
const shortestRun = 4;

/** Is it few characters over and over ("aaaaaaaaaaaa", "abcabcabcabc", "1212121212ab")? */
export function isRepetition(characters: readonly string[]): boolean {
  if (new Set(characters).size < 5) return true;
  for (let period = 1; period < 8 && period * 2 <= characters.length; period += 1) {
    if (characters.every((character, index) => character === characters[index % period])) return true;
  }
  return false;
}

/** Marks each stretch of four characters and more that repeats one character or follows a walk. */
export function markRuns(characters: readonly string[], isCovered: boolean[]): void {
  for (let start = 0; start < characters.length; ) {
    const length = Math.max(
      repeatedFrom(characters, start),
      ...bothWays.map((walk) => walkedFrom(characters, start, walk)),
    );
    if (length >= shortestRun) {
      isCovered.fill(true, start, start + length);
      start += length;
    } else start += 1;
  }
}

function repeatedFrom(characters: readonly string[], start: number): number {
  let end = start + 1;
  while (end < characters.length && characters[end] === characters[start]) end += 1;
  return end - start;
}

function walkedFrom(characters: readonly string[], start: number, walk: string): number {
  let longest = 0;
  for (let from = 0; from < walk.length; from += 1) {
    let length = 0;
    while (start + length < characters.length && walk[from + length] === characters[start + length]) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
