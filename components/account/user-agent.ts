/** The browser and the system a user agent names, as proper names; null where it names neither. A guess to recognise by. */
export function readUserAgent(text: string): { browser: string | null; system: string | null; isPhone: boolean } {
  const browser = [
    ["Edge", /Edg(?:e|A|iOS)?\//],
    ["Opera", /OPR\//],
    ["Firefox", /(?:Firefox|FxiOS)\//],
    ["Chrome", /(?:Chrome|CriOS|HeadlessChrome)\//],
    ["Safari", /Safari\//],
  ] as const;
  const system = [
    ["Android", /Android/],
    ["iOS", /iPhone|iPad/],
    ["Windows", /Windows/],
    ["macOS", /Mac OS X|Macintosh/],
    ["ChromeOS", /CrOS/],
    ["Linux", /Linux/],
  ] as const;
  return {
    browser: browser.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
    system: system.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
    isPhone: /Mobile|Android|iPhone/.test(text),
  };
}
