"use client";

import { Button } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { accountOf } from "@/lib/applicant";
import { href } from "@/lib/href";
import type { Present, RequestDetail } from "../api";
import { useCalled } from "../applicant";
import { ChatLink } from "../chat-link";
import { CopyField } from "../copy-field";
import { Faces } from "../faces";
import { FailurePanel } from "../failure-panel";
import { IconButton } from "../icon-button";
import { Initials } from "../initials";
import { Later, useLater } from "../later";
import Link from "../link";
import { useNames } from "../names";
import { Noted } from "../people/flag-mark";
import { RelativeTime } from "../relative-time";
import { useLookers } from "../shell/present";
import { useTRPC } from "../trpc";
import { Aside } from "./aside";
import { DecisionBox } from "./decision-box";
import { Decisions } from "./decisions";
import classes from "./detail.module.css";
import { DetailSkeleton } from "./detail-skeleton";
import { narrowQueue } from "./filter";
import { History, Refusals } from "./history";
import { Kind } from "./kind";
import { Notes } from "./notes";
import { PlatformLabel } from "./platform-label";
import { Raw } from "./raw";
import { type SettingAside, useSetAside } from "./set-aside";
import { SetAsideMenu } from "./set-aside-menu";
import { StateTone } from "./state-tone";

const nobody: readonly Present[] = [];

interface DetailProps {
  id: string;
  onClose: () => void;
  /** Opens the next request that waits. */
  onNext: () => void;
}

/** Everything about one request: who asks for what, what can be done, what was done, what is known of the person. */
export default function Detail({ id, onClose, onNext }: DetailProps) {
  const t = useTranslations("requests");
  const list = useNames();
  const common = useTranslations("common");
  const trpc = useTRPC();
  const query = useQuery(trpc.requests.get.queryOptions({ id }));
  const request = useLater(query.data);
  const lookers = useLookers().get(id) ?? nobody;
  const acts = useSetAside();
  return (
    <div className={classes.detail}>
      <div className={classes.bar}>
        <IconButton className={classes.back} size={30} aria-label={t("back")} onClick={onClose}>
          <IconArrowLeft size={18} />
        </IconButton>
        {request && (
          <span className={classes.kind}>
            <Kind kind={request.kind} />
          </span>
        )}
        {request && <StateTone state={request.state} verb={request.decision?.verb} />}
        <span className={classes.lookers}>
          <Faces
            people={lookers}
            size={22}
            most={4}
            label={t("looking", { names: list(lookers.map(({ name }) => name)) })}
          />
        </span>
        {request && <SetAsideMenu request={request} acts={acts} onDone={onNext} />}
        <IconButton className={classes.close} size={30} aria-label={common("close")} onClick={onClose}>
          <IconX size={17} />
        </IconButton>
      </div>
      {!request && !query.isError && <DetailSkeleton />}
      {query.isError && (
        <div className={classes.body}>
          <FailurePanel error={query.error}>
            <Button onClick={() => query.refetch()}>{common("again")}</Button>
          </FailurePanel>
        </div>
      )}
      {request && <Loaded request={request} acts={acts} onNext={onNext} />}
    </div>
  );
}

interface LoadedProps {
  request: RequestDetail;
  acts: SettingAside;
  onNext: () => void;
}

function Loaded({ request, acts, onNext }: LoadedProps) {
  const t = useTranslations("requests");
  const called = useCalled();
  const account = accountOf(request.applicantId);
  return (
    <div className={classes.body}>
      <Aside request={request} acts={acts} />
      <div className={classes.person}>
        <Initials id={request.applicantId} name={request.applicantName} size={44} />
        <div className={classes.who}>
          <h2 className={classes.name}>{called(request)}</h2>
          {account && (
            <span className={classes.account}>
              <CopyField label={t("applicantId")} value={account} />
              <Noted noted={request.noted} />
              <Link className={classes.narrow} href={href.person(request.bot.platform, account)}>
                {t("person")}
              </Link>
              <ChatLink className={classes.chat} botId={request.bot.id} to="person" peerId={account} />
            </span>
          )}
          {!account && request.applicantName && <p className={classes.noAccount}>{t("noAccount")}</p>}
        </div>
      </div>
      <Refusals request={request} />
      {request.message ? (
        <blockquote className={classes.message}>{request.message}</blockquote>
      ) : (
        <p className={classes.noMessage}>{t("noMessage")}</p>
      )}
      <Facts request={request} />
      <DecisionBox request={request} onNext={onNext} />
      <Later>
        <Decisions request={request} />
        <Notes request={request} />
        {account && <History request={request} />}
        {request.canSeeRaw && <Raw id={request.id} />}
      </Later>
    </div>
  );
}

function Facts({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const { groupId } = request;
  return (
    <dl className={classes.facts}>
      {groupId && (
        <div>
          <dt>{t("fact.group")}</dt>
          <dd>
            {request.groupName && <span>{request.groupName} </span>}
            <button
              type="button"
              className={classes.narrow}
              title={t("onlyGroup")}
              onClick={() => narrowQueue({ group: groupId })}
            >
              {groupId}
            </button>
            {request.kind === "group_join" && (
              <ChatLink className={classes.chat} botId={request.bot.id} to="group" peerId={groupId} />
            )}
          </dd>
        </div>
      )}
      <div>
        <dt>{t("fact.bot")}</dt>
        <dd>
          <Link href={href.bot(request.bot.id)}>{request.bot.name}</Link>
          <span> · </span>
          <PlatformLabel platform={request.bot.platform} />
        </dd>
      </div>
      {request.source && (
        <div>
          <dt>{t("fact.source")}</dt>
          <dd>{request.source}</dd>
        </div>
      )}
      {request.askedAt && (
        <div>
          <dt>{t("fact.asked")}</dt>
          <dd>
            <RelativeTime at={request.askedAt} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t("fact.arrived")}</dt>
        <dd>
          <RelativeTime at={request.arrivedAt} />
        </dd>
      </div>
      {request.closedAt && (
        <div>
          <dt>{t("fact.closed")}</dt>
          <dd>
            <RelativeTime at={request.closedAt} />
            {request.closedBy && <span> · {t("closedBy", { by: request.closedBy })}</span>}
          </dd>
        </div>
      )}
    </dl>
  );
}
