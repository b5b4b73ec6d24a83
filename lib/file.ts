/** The largest file that a call may carry from a browser, bytes. */
export const maximumFile = 12 * 1024 * 1024;

/** A raw call, which may carry a file. */
export const fileCallPath = "/api/trpc/console.invoke";

/** The calls whose body may be that large. */
export const fileCallPaths: ReadonlySet<string> = new Set([fileCallPath, "/api/trpc/chats.send"]);
