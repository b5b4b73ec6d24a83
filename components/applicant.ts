"use client";

import { useTranslations } from "next-intl";
import { calledOf } from "@/lib/applicant";

/** What to call an applicant, in words also where the platform tells neither a name nor an account. */
export function useCalled(): (applicant: { applicantId: string; applicantName: string }) => string {
  const t = useTranslations("vocabulary");
  return (applicant) => calledOf(applicant) || t("unnamed");
}
