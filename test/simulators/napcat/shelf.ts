export interface Notice {
  id: string;
  text: string;
  senderId: string;
  time: number;
  isPinned: boolean;
  needsConfirmation: boolean;
}

export interface File {
  id: string;
  name: string;
  size: number;
  /** "/" or the id of a folder. */
  folder: string;
  uploaderId: string;
  time: number;
  /** The second QQ deletes it; 0 or nothing: kept. */
  deadTime?: number;
  /** Its bytes, of one that was uploaded here. */
  content?: Buffer;
}

export interface Folder {
  id: string;
  name: string;
  creatorId: string;
  time: number;
}

/** What a group keeps: notices, highlighted messages, files and folders. */
export class Shelf {
  readonly notices: Notice[] = [];
  readonly essence: { messageId: number; operatorId: string; time: number }[] = [];
  readonly files: File[] = [];
  readonly folders: Folder[] = [];
  fileLimit = 5_000;
  /** Bytes. */
  total = 10 * 1024 ** 3;
  #last = 0;

  /** An id no other thing here has. */
  next(prefix: string): string {
    this.#last += 1;
    return `${prefix}${this.#last}`;
  }
}

/** Takes what fits out of a list; false when nothing did. */
export function takeOut<T>(list: T[], fits: (item: T) => boolean): boolean {
  const at = list.findIndex(fits);
  if (at < 0) return false;
  list.splice(at, 1);
  return true;
}
