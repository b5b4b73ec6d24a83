/** The largest file that a call may carry from a browser, bytes. */
export const maximumFile = 12 * 1024 * 1024;

/** The one call whose body may be that large. */
export const fileCallPath = "/api/trpc/console.invoke";
