/** What an operation can do: look, change, destroy, or hand out secrets. Always written, never guessed from a name. */
export type Risk = "read" | "write" | "destructive" | "sensitive";
export const risks = ["read", "write", "destructive", "sensitive"] as const satisfies readonly Risk[];
