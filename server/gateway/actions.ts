import { capabilityNames, isReading } from "@/server/platforms/capability";
import { drivers } from "@/server/platforms/drivers";

/** What calls to platforms leave in the record as their action: operations above read, and the capabilities that make them. */
export function platformActions(): string[] {
  const rows = Object.values(drivers).flatMap((driver) => Object.values(driver.catalogue));
  const acts = capabilityNames.filter((name) => !isReading(name));
  return [...acts, ...rows.filter((row) => row.risk !== "read").map((row) => row.id)];
}
