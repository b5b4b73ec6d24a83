/**
 * What goes wrong for who trusts the vendors' documents, in the order in which we list it, and the test that keeps each
 * harm away: the file and the title of a test or of a group of tests. Where there is none, the reason.
 */
export interface Trap {
  harm: string;
  kept: readonly (readonly [file: string, title: string])[] | string;
}

const napcat: readonly Trap[] = [
  {
    harm: "any call of the filtered list's answer accepts, whatever it says",
    kept: [
      [
        "test/unit/napcat-catalogue.test.ts",
        "refusing a filtered friend would accept them: approve=false never leaves the house",
      ],
    ],
  },
  {
    harm: "what is left out of a decision or a switch acts",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "without a real boolean NapCat approves"],
      ["test/unit/napcat-catalogue.test.ts", "a switch that is left out would act"],
    ],
  },
  {
    harm: "two requests of one second share a flag, and the first is answered",
    kept: [
      [
        "test/unit/napcat-inbound.test.ts",
        "two people who ask in the same second share a flag: told apart by key, and each warned of by the twin key",
      ],
      ["test/integration/queue.test.ts", "are not sent until the operator has chosen the person"],
    ],
  },
  {
    harm: "friend requests are told once, sometimes twice, and listed nowhere; filtered ones are never told",
    kept: [
      ["test/integration/queue.test.ts", "is stored once, however often it is pushed"],
      ["test/integration/napcat-adapter.test.ts", "are never pushed: only polling finds them"],
      [
        "test/integration/gap.test.ts",
        "reports what came meanwhile, what was decided elsewhere, what was fetched, and what nobody can know",
      ],
    ],
  },
  {
    harm: "ok means no more than submitted",
    kept: [
      [
        "test/integration/napcat-adapter.test.ts",
        "ok means submitted: without the friend in the list an approval is not confirmed",
      ],
      ["test/integration/queue.test.ts", "that the platform took without acting is shown as sent, never as confirmed"],
    ],
  },
  {
    harm: "removing who is no friend is an ok that says no; of two ids the other one counts",
    kept: [
      ["test/integration/napcat-acts.test.ts", "removing who is no friend is a failure, although the answer says ok"],
      ["test/unit/napcat-catalogue.test.ts", "of two ids NapCat would remove the second friend: exactly one is taken"],
    ],
  },
  {
    harm: "a group is never dissolved by leaving it",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "a group is not dissolved by leaving it: asking for that is refused"],
      ["test/integration/napcat-acts.test.ts", "leaving asks for nothing more than leaving"],
    ],
  },
  {
    harm: "what ends the process or decides in the place of an event",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "a quick operation that NapCat would drop in silence is refused"],
      ["test/integration/bad-input.test.ts", "to a %s is one clear error, in the log, and the next call works"],
    ],
  },
  {
    harm: "answers that hand out keys, cookies, numbers and addresses",
    kept: [
      ["test/unit/secrets.test.ts", "survives nowhere: $name"],
      ["test/unit/napcat-catalogue.test.ts", "nobody but an owner may fetch them without being given the right"],
      ["test/integration/napcat-acts.test.ts", "phone numbers and mail addresses do not travel along with a friend"],
    ],
  },
  {
    harm: "a file's path is read on NapCat's own host, an address fetched from there",
    kept: [
      ["test/unit/segment.test.ts", "files of NapCat's host stay there"],
      ["test/integration/napcat-talk.test.ts", "a picture from %s, which NapCat's host would read, is never sent"],
    ],
  },
  {
    harm: "the table's names of an online status are refused",
    kept: [
      [
        "test/unit/segment.test.ts",
        "the names of the document's table would be refused by NapCat: they are translated",
      ],
    ],
  },
  {
    harm: "the list named after ignored requests holds the ordinary ones",
    kept: [
      [
        "test/integration/napcat-adapter.test.ts",
        "filtered ones come from the list that really has them, not from the one of that name",
      ],
    ],
  },
  {
    harm: "invitations under two names, an inviter who is the applicant, a flag as a number of 16 digits",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "invitations arrive under two names"],
      ["test/unit/napcat-inbound.test.ts", "a flag of 16 digits goes back as the text it was, not as a number"],
      [
        "test/integration/napcat-adapter.test.ts",
        "a member's invitation is listed nowhere: nothing is claimed about it",
      ],
    ],
  },
  {
    harm: "ids are numbers here and text there",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "ids are numbers or text"],
      ["test/unit/napcat-catalogue.test.ts", "they are sent as text: a number is refused before it can lose digits"],
      ["test/unit/napcat-inbound.test.ts", "an id beyond 2^53 is not rounded into somebody else"],
    ],
  },
  {
    harm: "fields of two types at once",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "takes a sensible input, and takes what comes out of it again"],
      [
        "test/unit/inventory.test.ts",
        "each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters",
      ],
    ],
  },
  {
    harm: "a message with both ids reaches the wrong chat",
    kept: [["test/unit/napcat-catalogue.test.ts", "with both ids a message could reach the wrong chat"]],
  },
  {
    harm: "examples that are texts of JSON with comments",
    kept: "Nothing of ours is made from the document's examples: the inputs of tests are written by hand (test/napcat-inputs.ts).",
  },
  {
    harm: "a kind of message under another one's name",
    kept: [["test/unit/segment.test.ts", "$type arrives as it was written: %j"]],
  },
  {
    harm: "a role or a sex that is no word",
    kept: [["test/unit/traps.test.ts", "a role or a sex that is no word is nobody's rank"]],
  },
  {
    harm: "answers that the document leaves out, or null inside",
    kept: [
      ["test/integration/door.test.ts", "calls a write with an answer of unexpected shape done, and notes the drift"],
      ["test/integration/napcat-acts.test.ts", "a group is read although its version does not tell the owner"],
    ],
  },
  {
    harm: "refusals inside an answer that says ok",
    kept: [
      [
        "test/integration/napcat-http.test.ts",
        "a failure hidden in a success is a failure, and for what changes something it was not carried out",
      ],
      [
        "test/integration/napcat-board.test.ts",
        "refusals hidden in a list, in retCode and in result.retCode are failures",
      ],
    ],
  },
  {
    harm: "names of fields in two spellings, changed between versions",
    kept: [
      [
        "test/unit/inventory.test.ts",
        "each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters",
      ],
      [
        "test/integration/napcat-talk.test.ts",
        "a history leads back to its beginning, page by page, where the order is called %s",
      ],
    ],
  },
  {
    harm: "what is called required blocks and vanishes when it is given",
    kept: [
      [
        "test/integration/napcat-acts.test.ts",
        "removing somebody neither blocks them nor vanishes from their list unless that is asked for",
      ],
    ],
  },
  {
    harm: "times that are none and labels of honours that are mixed up",
    kept: [
      [
        "test/integration/napcat-house.test.ts",
        "likes are dated by themselves, not by what the document calls the last time",
      ],
      ["test/integration/napcat-house.test.ts", "honours come under OneBot's names, whatever the document labels them"],
    ],
  },
  {
    harm: "typing can be said and not be ended",
    kept: [["test/unit/traps.test.ts", "typing is begun by one of two numbers, and nothing pretends to end it"]],
  },
  {
    harm: "one operation under several names",
    kept: "Each name is a row of its own, so that it can be called as documented; the adapter uses one of them, which its contract test holds to.",
  },
  {
    harm: "operations that are stubs, or need a backend that is not there",
    kept: [["test/integration/napcat-acts.test.ts", "without a packet backend a title fails with NapCat's words"]],
  },
  {
    harm: "a bundle's fields under two names, an entry where a list is expected",
    kept: [
      ["test/unit/napcat-catalogue.test.ts", "a bundle goes to exactly one place"],
      ["test/unit/segment.test.ts", "bundles inside bundles are opened, whichever way they come"],
    ],
  },
  {
    harm: "an empty history is an error over there",
    kept: [
      [
        "test/integration/napcat-talk.test.ts",
        "a conversation without messages is empty, although NapCat calls it an error",
      ],
    ],
  },
  {
    harm: "0 seconds of mute lift it, and a whole group's mute has two signs",
    kept: [
      ["test/integration/napcat-acts.test.ts", "a mute runs, is told with its end, and is lifted by nothing"],
      ["test/integration/napcat-acts.test.ts", "lifting a mute of everybody never mutes everybody"],
    ],
  },
  {
    harm: "a message's id is forgotten with a restart",
    kept: [
      ["test/integration/napcat-talk.test.ts", "a message is recalled, and one of before NapCat's restart cannot be"],
    ],
  },
  {
    harm: "values of a field that nobody listed",
    kept: "They stay text in the console's form, and a value that NapCat does not know is refused in NapCat's words.",
  },
  {
    harm: "a folder is an id here and a path with a slash there",
    kept: [
      ["test/integration/napcat-board.test.ts", "a file goes into the folder it was meant for"],
      ["test/integration/napcat-board.test.ts", "a file is uploaded, found, moved, renamed, linked and deleted"],
    ],
  },
  {
    harm: "a service of QQ's behind an operation may fail",
    kept: [["test/integration/napcat-http.test.ts", "HTTP status 200 with retcode 200 is a failure"]],
  },
  {
    harm: "HTTP says 200 to every failure, and so does one retcode",
    kept: [
      ["test/integration/napcat-http.test.ts", "HTTP status 200 with retcode 200 is a failure"],
      ["test/integration/napcat-forward.test.ts", "that fails says why in the codes of WebSocket"],
    ],
  },
  {
    harm: "a wrong token is a page over HTTP, and an upgrade that succeeds over a socket",
    kept: [
      ["test/integration/napcat-http.test.ts", "a wrong token is a 403 of text, and told as that"],
      [
        "test/integration/napcat-forward.test.ts",
        "is not said to be connected when the upgrade succeeds and the token is then rejected",
      ],
    ],
  },
  {
    harm: "what stands in the address overrides the body",
    kept: [
      [
        "test/integration/napcat-http.test.ts",
        "unwrap the data, and send the token as a header and never in the address",
      ],
      ["test/integration/napcat-probe.test.ts", "a secret in the address (%s) is refused before anything is sent"],
    ],
  },
  {
    harm: "an echo may be anything, and may come more than once",
    kept: [
      ["test/unit/napcat-codec.test.ts", "a reply that arrives after the timeout is dropped, and so is a second reply"],
      [
        "test/integration/bad-input.test.ts",
        "an answer that comes twice, or after the time, is nobody's and in the log",
      ],
    ],
  },
  {
    harm: "its own intervals and its own largest frame",
    kept: [
      [
        "test/integration/napcat-forward.test.ts",
        "is dropped after three silent intervals of its own heartbeat, and dialled again",
      ],
      ["test/integration/napcat-forward.test.ts", "ends on a frame over 50 MB and comes back"],
    ],
  },
  {
    harm: "messages as text with codes in it, and one's own among them",
    kept: [
      ["test/unit/segment.test.ts", "a message in text form is the same as one in segments"],
      ["test/integration/napcat-adapter.test.ts", "typed CQ codes are sent as the text they are"],
      ["test/unit/napcat-inbound.test.ts", "what somebody typed is no code, and a code is no text"],
    ],
  },
  {
    harm: "one's own message in private is told under one's own number",
    kept: [
      [
        "test/unit/napcat-inbound.test.ts",
        "the account's own, sent from its phone, belongs to the conversation it went to",
      ],
    ],
  },
  {
    harm: "a whole group's mute is nobody's, for less than no time; a poke in private has three numbers",
    kept: [
      [
        "test/unit/napcat-inbound.test.ts",
        "the number 0 is nobody: everybody is muted, without an end, and not for less than a second",
      ],
      ["test/unit/napcat-inbound.test.ts", "whoever poked in private, the conversation is with the other"],
    ],
  },
  {
    harm: "how a group is entered and found is told in codes without a legend, and in switches that negate",
    kept: [
      [
        "test/integration/napcat-house.test.ts",
        "a question and its answer go with the code that asks them, and with no other",
      ],
      [
        "test/integration/napcat-house.test.ts",
        "a group that nobody is to find is closed both ways, although one of the switches can be left out",
      ],
    ],
  },
  {
    harm: "what stops the process is not answered",
    kept: [
      [
        "test/integration/napcat-house.test.ts",
        "NapCat that is stopped does not answer any more: nobody claims that nothing happened",
      ],
    ],
  },
];

const im: readonly Trap[] = [
  {
    harm: "the socket's row has the whole path, the others a part of it",
    kept: [
      ["test/unit/im-codec.test.ts", "of the socket is not doubled"],
      [
        "test/unit/inventory.test.ts",
        "each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters",
      ],
    ],
  },
  {
    harm: "the other word of a decision got lost in the document",
    kept: [["test/unit/im-catalogue.test.ts", "a decision is one of two words"]],
  },
  {
    harm: "bodies look like YAML and are forms",
    kept: [
      [
        "test/unit/im-codec.test.ts",
        "names a list's entries alike, without brackets, and leaves out what is not given",
      ],
      [
        "test/integration/im-link.test.ts",
        "the raw token in a header, forms for what changes something, queries for what is read",
      ],
    ],
  },
  {
    harm: "a GET with a body",
    kept: [["test/unit/im-codec.test.ts", "of a GET carries the input, of all else nothing"]],
  },
  {
    harm: "a DELETE with a body, whose shortened path deletes a friend",
    kept: [
      ["test/unit/im-codec.test.ts", "half a path deletes a friend: it is refused"],
      [
        "test/integration/im-link.test.ts",
        "a DELETE as a form, so that the server reads it: the friend is gone, and nobody else",
      ],
    ],
  },
  {
    harm: "misspelt names are the real ones, some of them mended in newer servers",
    kept: [
      ["test/unit/im-codec.test.ts", "an application is told in two spellings, and its ids are not believed"],
      [
        "test/unit/inventory.test.ts",
        "each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters",
      ],
    ],
  },
  {
    harm: "empty means unchanged, and a group's switches are reset when they are left out",
    kept: [
      ["test/unit/im-catalogue.test.ts", "a switch left out would be reset"],
      ["test/unit/im-catalogue.test.ts", "what the server takes for missing is refused, not lost"],
      ["test/integration/im-harm.test.ts", "changing one thing resets no switch and clears no word"],
    ],
  },
  {
    harm: "switches go out as numbers and come back as booleans",
    kept: [["test/unit/im-catalogue.test.ts", "a group is edited with all four and its name, which travel as 1 and 0"]],
  },
  {
    harm: "a group handed to a stranger belongs to nobody",
    kept: [["test/integration/im-link.test.ts", "to who is no member would leave it without owner: nothing is sent"]],
  },
  {
    harm: "a mute is in minutes and cannot be lifted",
    kept: [["test/integration/im-harm.test.ts", "a mute of a second is one of a minute, and never none at all"]],
  },
  {
    harm: "applications have no id",
    kept: [
      [
        "test/integration/im-adapter.test.ts",
        "a person and a group of one number are told apart, and so are two applications of one person",
      ],
    ],
  },
  {
    harm: "a friend is removed on one side only",
    kept: [["test/integration/im-harm.test.ts", "removed on one side only: the other side still has the account"]],
  },
  {
    harm: "people and groups share their numbers, and a history is not what it looks like",
    kept: [
      [
        "test/integration/im-adapter.test.ts",
        "a message to a number that is a friend's and a group's goes where it was sent",
      ],
      ["test/integration/im-harm.test.ts", "what was said in the group is not shown as said to the person"],
      ["test/integration/im-harm.test.ts", "a place where history was left is not made up"],
    ],
  },
  {
    harm: "a message's body is one text, and is taken back for two minutes",
    kept: [
      [
        "test/integration/im-harm.test.ts",
        "a file goes as one text that says where it is, and is read as a file again",
      ],
      ["test/integration/im-harm.test.ts", "taken back too late are refused in the server's words, and stay"],
    ],
  },
  {
    harm: "looking costs a mail or a text message; signing in makes accounts",
    kept: [
      [
        "test/unit/im-catalogue.test.ts",
        "a GET that sends a mail or a text message is a write, so that it is never repeated",
      ],
      ["test/integration/im-sign-in.test.ts", "by a code: it is sent once, and who has no password is told"],
    ],
  },
  {
    harm: "each answer brings a new token, and 401 is the only code there is",
    kept: [
      ["test/integration/im-link.test.ts", "of two calls at once the newer token stays, though its answer comes first"],
      ["test/integration/im-link.test.ts", "each call is made with the newest, and each new one is kept"],
      ["test/integration/im-link.test.ts", "nothing is done, the state says so, and nothing is tried again"],
    ],
  },
  {
    harm: "success without a shape",
    kept: [
      ["test/unit/im-catalogue.test.ts", "%s: nothing is not drift"],
      [
        "test/unit/im-codec.test.ts",
        "code 1 has the server's words, 401 means to sign in again, a broken answer leaves a write in doubt",
      ],
    ],
  },
  {
    harm: "one friend as a list; online for ever",
    kept: [
      ["test/unit/im-catalogue.test.ts", "one friend comes in a list or bare"],
      ["test/integration/im-harm.test.ts", "whether they are online is not claimed: the server never takes it back"],
    ],
  },
  {
    harm: "a token in an address, one socket an account, pushes that name the wrong person",
    kept: [
      [
        "test/integration/im-link.test.ts",
        "leaves no trace of the token: not in the log, not in a state, not in an error",
      ],
      ["test/integration/im-link.test.ts", "a lost one is dialled again, after the wait and not beside another"],
      [
        "test/integration/im-link.test.ts",
        "an application that is pushed makes the desk look; a ping is answered; rubbish is in the log",
      ],
    ],
  },
  {
    harm: "secrets where nobody looks for them",
    kept: [
      ["test/unit/im-catalogue.test.ts", "what hands out a token or a password is sensitive and says where it is"],
      ["test/unit/secrets.test.ts", "survives nowhere: $name"],
    ],
  },
  {
    harm: "fractions of a second of any length, ranks of its own",
    kept: [
      ["test/unit/im-catalogue.test.ts", "an application is read with any fraction of a second"],
      ["test/unit/im-catalogue.test.ts", "a role nobody knows gains no rank"],
    ],
  },
  {
    harm: "a read that posts; one path for two things",
    kept: [
      ["test/unit/im-catalogue.test.ts", "%s: a GET has no body, all else is a form, and no path holds the base"],
      [
        "test/unit/inventory.test.ts",
        "each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters",
      ],
    ],
  },
];

const chat68: readonly Trap[] = [
  {
    harm: "success has five shapes",
    kept: [
      ["test/unit/chat68-codec.test.ts", "five shapes are success"],
      ["test/unit/chat68-catalogue.test.ts", "the verdict may be text"],
    ],
  },
  {
    harm: "errors have two, and neither says so by its status",
    kept: [
      ["test/unit/chat68-codec.test.ts", "an error at the top over HTTP, whatever its status (%i)"],
      ["test/unit/chat68-codec.test.ts", "an error inside a frame of the socket, and one of unknown shape"],
    ],
  },
  {
    harm: "pages are counted from 1; page 0 is an error",
    kept: [["test/integration/chat68.test.ts", "every page is read, and only the owner's rank is claimed"]],
  },
  {
    harm: "numbers are text in some answers, and ids grow beyond a number",
    kept: [
      ["test/unit/chat68-catalogue.test.ts", "ids are text inside and numbers on the wire"],
      ["test/unit/chat68-codec.test.ts", "a message id beyond 2^53 keeps its digits"],
    ],
  },
  {
    harm: "one group looks different by the two ways; what is false is left out",
    kept: [
      ["test/unit/chat68-catalogue.test.ts", "a group is the same over both transports"],
      ["test/unit/chat68-catalogue.test.ts", "who is not said to be online is offline"],
    ],
  },
  {
    harm: "a creation that is a last visit",
    kept: [
      [
        "test/integration/chat68-acts.test.ts",
        "who is not said to be online is offline, with the time they were last seen",
      ],
    ],
  },
  {
    harm: "the helper posts to any address it is given, and the right one moves",
    kept: [
      ["test/unit/chat68-catalogue.test.ts", "where a call goes is not the caller's to say"],
      [
        "test/integration/chat68.test.ts",
        "the service's address is asked first, kept, and asked again when it has moved",
      ],
    ],
  },
  {
    harm: "two operations stay unanswered without a word that others do without",
    kept: [
      [
        "test/unit/chat68-catalogue.test.ts",
        "only the two operations that are unanswered without it carry a protoType",
      ],
    ],
  },
  {
    harm: "a message's own id has 11 digits, not the example's 12, and is never used again",
    kept: [
      ["test/unit/chat68-codec.test.ts", "has 11 digits and never starts with 0"],
      [
        "test/unit/chat68-codec.test.ts",
        "is never used twice: a taken one is drawn anew, a wanted one refused before anything is sent",
      ],
    ],
  },
  {
    harm: "sent is not delivered, and what only a push tells is needed to take it back",
    kept: [
      ["test/integration/chat68-acts.test.ts", "needs both of its ids, and takes it from both sides"],
      [
        "test/integration/chat68.test.ts",
        "what is said and taken back, and what became of one's own words, is heard by the ids that take it back",
      ],
    ],
  },
  {
    harm: "a line break is two characters",
    kept: [["test/unit/chat68-catalogue.test.ts", "a line break travels as a backslash and an n"]],
  },
  {
    harm: "to set is silent and to tell is a claim",
    kept: [
      [
        "test/integration/chat68-acts.test.ts",
        "a notice that was set and whose telling nobody confirmed is neither told nor untold",
      ],
      ["test/integration/chat68-acts.test.ts", "a notice is set in silence, then told to the members"],
      ["test/integration/chat68-acts.test.ts", "a mute that failed is never claimed before the members"],
    ],
  },
  {
    harm: "one number of an operation deletes the group",
    kept: [
      ["test/unit/chat68-catalogue.test.ts", "another op would delete the group"],
      ["test/integration/chat68-acts.test.ts", "changing a group never reaches the operation that deletes it"],
    ],
  },
  {
    harm: "a mute without a unit",
    kept: [
      [
        "test/integration/chat68-acts.test.ts",
        "a member is muted for the time that was asked for, and nobody pretends to lift it",
      ],
    ],
  },
  {
    harm: "nothing documented answers a request",
    kept: [
      [
        "test/integration/chat68.test.ts",
        "are listed, and cannot be answered until the operation beyond the document is switched on",
      ],
      ["test/integration/chat68.test.ts", "are accepted where it is on, read back as approved, and never refused"],
    ],
  },
  {
    harm: "a file is a path on the helper's machine; taking back takes it from both sides",
    kept: [
      ["test/integration/chat68-acts.test.ts", "a piece that is no text is not left out in silence"],
      ["test/integration/chat68-acts.test.ts", "needs both of its ids, and takes it from both sides"],
    ],
  },
  {
    harm: "comments in the samples, ids that do not match; an id in the data is the chat's",
    kept: [
      [
        "test/unit/chat68-codec.test.ts",
        "what a call encodes is answered under the same id, which is text and never the chat's",
      ],
    ],
  },
  {
    harm: "a greeting that is no answer, on a port that has changed",
    kept: [
      ["test/unit/chat68-codec.test.ts", "the greeting answers no call"],
      ["test/integration/chat68.test.ts", "a server that opens and does not greet is given up"],
    ],
  },
  {
    harm: "a restart drops what is under way; deleting is not there over the socket",
    kept: [
      ["test/integration/chat68.test.ts", "what waits is rejected when it breaks, and it is dialled again"],
      ["test/integration/chat68.test.ts", "deleting over a socket alone is refused before anything is sent"],
    ],
  },
  {
    harm: "a bit mask, a field that comes twice, a name that hides",
    kept: "Shown in the console as they came: no screen of ours reads the mask, and a hidden name is shown as the platform writes it.",
  },
];

const yunhu: readonly Trap[] = [
  {
    harm: "1 is success and 0 is not, under HTTP's 200",
    kept: [
      [
        "test/unit/yunhu-codec.test.ts",
        "0 and negative codes are refusals with the platform's words, in JSON and in protobuf",
      ],
      ["test/unit/yunhu-catalogue.test.ts", "success is 1: with 0 or a negative number nothing was read"],
    ],
  },
  {
    harm: "the token has a header of its own",
    kept: [
      [
        "test/integration/yunhu.test.ts",
        "carry the token in its own header, and the account is the one of the settings",
      ],
    ],
  },
  {
    harm: "who says what book they have gets an empty one",
    kept: [
      ["test/unit/yunhu-codec.test.ts", "is asked for by field 2, as the document counts"],
      ["test/unit/yunhu-codec.test.ts", "an unchanged book is not a book without friends"],
      ["test/integration/yunhu.test.ts", "reading the book again never makes the friends disappear"],
    ],
  },
  { harm: "the document's schema is none", kept: [["test/unit/yunhu-codec.test.ts", "what is encoded is decoded"]] },
  {
    harm: "a remark stands where the name was",
    kept: [
      ["test/unit/yunhu-codec.test.ts", "by the newer numbers a remarked friend keeps the own name"],
      ["test/unit/yunhu-codec.test.ts", "by the document's numbers field 2 is the name"],
    ],
  },
  {
    harm: "an example of requests with holes in it",
    kept: [
      ["test/integration/yunhu.test.ts", "is the one who brings it about, in whichever of two fields they are named"],
      ["test/unit/yunhu-codec.test.ts", "keeps every digit of an int64, and what is left out is 0 or empty"],
    ],
  },
  {
    harm: "the list is asked for with an empty body",
    kept: [["test/unit/yunhu-codec.test.ts", "is asked for with an empty body"]],
  },
  {
    harm: "two of four answers are states",
    kept: [
      ["test/unit/yunhu-catalogue.test.ts", "%s takes 1 and 2, never the states 3 and 4"],
      [
        "test/integration/yunhu.test.ts",
        "a request that the platform shows as over (%i) is decided, and not as refused",
      ],
    ],
  },
  {
    harm: "a group's owner answers elsewhere",
    kept: [
      ["test/integration/contract.test.ts", "%s keeps to the vendor's document unless more is switched on"],
      ["test/integration/contract.test.ts", "a request of a kind that it does not have (%s) is not answered"],
    ],
  },
  {
    harm: "deleting a friend with another number leaves a group",
    kept: [
      ["test/unit/yunhu-catalogue.test.ts", "deleting a friend cannot leave a group"],
      [
        "test/integration/yunhu.test.ts",
        "deleting the friend leaves no group, and leaving the group deletes no friend",
      ],
    ],
  },
  {
    harm: "people, groups and bots are counted apart",
    kept: [["test/integration/yunhu.test.ts", "friends and groups of one number"]],
  },
  {
    harm: "64 bits, units that nobody states, 0 for what is missing",
    kept: [
      ["test/unit/yunhu-codec.test.ts", "keeps every digit of an int64, and what is left out is 0 or empty"],
      ["test/unit/yunhu-catalogue.test.ts", "what protobuf leaves out is 0 or empty: the request waits"],
    ],
  },
  {
    harm: "errors in JSON where protobuf was asked for",
    kept: [
      [
        "test/unit/yunhu-codec.test.ts",
        "an error in JSON where protobuf is expected is read as that, with its type told or not",
      ],
    ],
  },
  {
    harm: "samples that no reader takes",
    kept: "Nothing of ours is made from the document's samples: tests write protobuf by its numbers (test/simulators/yunhu/bytes.ts).",
  },
];

export const traps = { napcat, im, chat68, yunhu } as const;
