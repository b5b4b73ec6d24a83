/** The gate: two posts, an arch and a door ajar. Decorative; the name beside it says the same. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true" focusable="false">
      <path d="M3.5 21V11a8.5 8.5 0 0 1 17 0v10" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M8 21V11.4a4 4 0 0 1 4-4V21" fill="var(--gh-accent-fill)" stroke="none" />
      <path d="M12 7.4a4 4 0 0 1 4 4V21" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" opacity="0.45" />
      <circle cx="10.5" cy="14.6" r="0.85" fill="var(--gh-surface)" />
    </svg>
  );
}
