/** A count as it is shown: the server stops counting at `cap`, so "1000" means that or any more. */
export function showCount(count: number, cap = 1_000): string {
  return count >= cap ? `${cap - 1}+` : String(count);
}
