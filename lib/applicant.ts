const standIn = "request:";

/**
 * What stands for the applicant of a request whose platform names nobody. It is the request's own, so that no two of
 * them are taken for one person.
 */
export function standInOf(requestId: string): string {
  return `${standIn}${requestId}`;
}

/** The account of who asks, as the platform numbers it; null where the platform names nobody. */
export function accountOf(applicantId: string): string | null {
  return applicantId.startsWith(standIn) ? null : applicantId;
}

/** What the applicant is called: by name, else by account; "" where the platform tells neither. */
export function calledOf(applicant: { applicantId: string; applicantName: string }): string {
  return applicant.applicantName || (accountOf(applicant.applicantId) ?? "");
}
