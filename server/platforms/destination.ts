import { promises as dns, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { PlatformError } from "./error";

/** Resolves a name to every address it has. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true });

/** Ranges no bot lives in. Link-local holds most clouds' metadata service. */
const refusedRanges: ReadonlySet<string> = new Set(["linkLocal", "unspecified", "multicast", "broadcast", "reserved"]);

/** Metadata and credential services outside the link-local range: AWS, Google and Oracle over IPv6, Alibaba, Azure, Oracle. */
const metadata: ReadonlySet<string> = new Set([
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
  "fd00:c1::a9fe:a9fe",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
]);

/** The IPv4 address inside an IPv6 one that routers carry to IPv4: mapped, compatible, NAT64 and 6to4. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (bytes[0] === 0x20 && bytes[1] === 0x02) return at(2);
  if (address.range() === "rfc6052" || address.range() === "rfc6145") return at(12);
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12).some((byte) => byte > 1);
  return isCompatible ? at(12) : null;
}

/** May Gatehouse connect to this address? Loopback, private and public ones yes; false for anything that is no address. */
export function isAllowedAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv6) {
    const inner = embedded(address);
    if (inner !== null) return isAllowedAddress(inner.toString());
  }
  if (metadata.has(address.toString())) return false;
  // 0.0.0.0/8 reaches this very host on Linux, past whatever the name looked like.
  return !refusedRanges.has(address.range());
}

/** Is it an address of the public internet? What strangers name must not lead to this machine's neighbours. */
export function isPublicAddress(text: string): boolean {
  if (!isAllowedAddress(text)) return false;
  const address = ipaddr.parse(text);
  const inner = address instanceof ipaddr.IPv6 ? embedded(address) : null;
  return inner === null ? address.range() === "unicast" : isPublicAddress(inner.toString());
}

/** Says of an address whether it may be dialled. */
export type Allow = (address: string) => boolean;

/** A host with its port, written out. */
export function hostKey(url: URL): string {
  const isSecure = url.protocol === "https:" || url.protocol === "wss:";
  return `${url.hostname}:${url.port || (isSecure ? "443" : "80")}`;
}

/** Plain address of a URL's host: without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
}

function refused(host: string): PlatformError {
  return new PlatformError("destination_refused", { isSent: false, detail: { host } });
}

async function resolveAllowed(host: string, resolve: Resolve, isAllowed: Allow): Promise<LookupAddress[]> {
  const addresses = await resolve(host);
  // One bad address among good ones is refused whole: which of them is dialled is not ours to choose.
  if (!addresses.every(({ address }) => isAllowed(address))) throw refused(host);
  return addresses;
}

/**
 * A `lookup` for sockets that answers allowed addresses only. The address that was checked is the one that is dialled,
 * so a name that changes its address between check and use gains nothing. Addresses written as such never get here:
 * `checkDestination` sees them.
 */
export function guardedLookup(resolve: Resolve = systemResolve, isAllowed: Allow = isAllowedAddress): LookupFunction {
  return (hostname, options, callback) => {
    resolveAllowed(hostname, resolve, isAllowed).then(
      (addresses) => {
        const first = addresses[0];
        if (first === undefined) callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "", 0);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}

/**
 * Refuses a URL whose host is, or resolves to, an address no bot lives in (link-local, cloud metadata, unspecified,
 * multicast). Throws PlatformError `destination_refused`, or what the resolver throws. The connection itself must be
 * made with `guardedLookup` and must not follow redirects.
 */
export async function checkDestination(url: URL, resolve: Resolve = systemResolve): Promise<void> {
  const host = hostOf(url);
  if (isIP(host) === 0) await resolveAllowed(host, resolve, isAllowedAddress);
  else checkLiteral(url);
}

/** The part of `checkDestination` that needs no resolver: an address written as such. */
export function checkLiteral(url: URL, isAllowed: Allow = isAllowedAddress): void {
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isAllowed(host)) throw refused(host);
}
