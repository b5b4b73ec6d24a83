export type SignInMethod = "password" | "email" | "mobile";

/** What has to be asked of the platform before somebody can sign in: a picture, or a code sent to an address. */
export type SignInStart =
  | { method: "password" }
  | { method: "email"; email: string }
  | { method: "mobile"; mobile: string };

/** `picture`: shows the characters to type, and goes with `key`. `sent`: the code is on its way. */
export type Challenge =
  | { type: "picture"; key: string; mime: "image/png" | "image/jpeg" | "image/gif"; base64: string }
  | { type: "sent" };

/** What the operator typed. Used for one call and never kept. */
export type SignInAnswer =
  | { method: "password"; account: string; password: string; key: string; code: string }
  | { method: "email"; email: string; code: string; inviteCode?: string | undefined }
  | { method: "mobile"; mobile: string; code: string; inviteCode?: string | undefined };

export interface SignedInAccount {
  /** What the driver's `credentialsSchema` takes: to be sealed at once, never shown. */
  credentials: unknown;
  accountId: string;
  nickname: string;
  /** The account has none yet: its owner can only come back by a code. */
  needsPassword: boolean;
}

interface SignInOptions {
  connection: unknown;
  signal: AbortSignal;
}

/** Signing an account in, in two steps. Both throw PlatformError, or a ZodError for settings of a wrong shape. */
export interface SignIn {
  /** The ways, in the order to offer them; `registers`: an address nobody knows yet becomes a new account. */
  methods: readonly { method: SignInMethod; registers: boolean }[];
  /** Asks for the picture or for the code. A code costs a mail or a text message: never asked for twice by itself. */
  start(options: SignInOptions & { start: SignInStart }): Promise<Challenge>;
  /** Signs in and says who it is. Throws `platform_refused` with the platform's words for a wrong password or code. */
  finish(options: SignInOptions & { answer: SignInAnswer }): Promise<SignedInAccount>;
}
