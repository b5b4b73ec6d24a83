"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { accountOf } from "@/lib/applicant";
import type { RequestDetail } from "../api";
import { useCalled } from "../applicant";
import { Initials } from "../initials";
import { openRequest } from "./filter";
import classes from "./twin-choice.module.css";

interface TwinChoiceProps {
  request: RequestDetail;
  isSure: boolean;
  onSure: (isSure: boolean) => void;
}

/**
 * Two people asked in the same second and the platform tells their requests apart by nothing else. Whoever decides says
 * first which person is meant; nothing is preselected.
 */
export function TwinChoice({ request, isSure, onSure }: TwinChoiceProps) {
  const t = useTranslations("requests");
  const called = useCalled();
  const { twin } = request;
  if (!twin) return null;
  return (
    <fieldset className={classes.twin}>
      <legend className={classes.title}>
        <IconAlertTriangle size={16} aria-hidden="true" />
        {t("twin.title")}
      </legend>
      <p className={classes.text}>{t("twin.text")}</p>
      <label className={classes.person} data-chosen={isSure || undefined}>
        <input type="radio" name={`twin-${request.id}`} checked={isSure} onChange={() => onSure(true)} />
        <Initials id={request.applicantId} name={request.applicantName} size={26} />
        <span>
          <strong>{called(request)}</strong> <span className={classes.id}>{accountOf(request.applicantId)}</span>
        </span>
        <span className={classes.hint}>{t("twin.this")}</span>
      </label>
      <label className={classes.person}>
        <input type="radio" name={`twin-${request.id}`} checked={false} onChange={() => openRequest(twin.id)} />
        <Initials id={twin.applicantId} name={twin.applicantName} size={26} />
        <span>
          <strong>{called(twin)}</strong> <span className={classes.id}>{accountOf(twin.applicantId)}</span>
        </span>
        <span className={classes.hint}>{t("twin.other")}</span>
      </label>
    </fieldset>
  );
}
