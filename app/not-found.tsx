import { getTranslations } from "next-intl/server";
import { DeadEnd } from "@/components/dead-end";

export default async function NotFound() {
  const t = await getTranslations("deadEnd");
  return (
    <main>
      <DeadEnd title={t("notFound.title")} text={t("notFound.text")} />
    </main>
  );
}
