/** Faults that the rows tell in words of their own, and what they name. */
export const told = [
  { key: "unknown", words: /^Unrecognized key/ },
  { key: "oneOf", words: /^exactly one of (\S+) and (\S+)$/ },
  { key: "atMostOneOf", words: /^at most one of (\S+) and (\S+)$/ },
  { key: "twice", words: /^given twice$/ },
  { key: "used", words: /^this id was used before$/ },
  { key: "notMember", words: /^not a member of this group$/ },
  { key: "zero", words: /^the server takes 0 for missing$/ },
  { key: "publicAddress", words: /public http\(s\) address$/ },
  { key: "webAddress", words: /^an http\(s\) address$/ },
] as const;
