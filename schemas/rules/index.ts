import { articleAiLabel } from './article-ai-label/index.ts';
import { articleAuthorAndAgency } from './article-author-and-agency/index.ts';
import { articleBlockedLinks } from './article-blocked-links/index.ts';
import { articleBrokenLinks } from './article-broken-links/index.ts';
import { articleCanonicalHost } from './article-canonical-host/index.ts';
import { articleCorrectionFormat } from './article-correction-format/index.ts';
import { articleDcFresh } from './article-dc-fresh/index.ts';
import { articleDcMandatory } from './article-dc-mandatory/index.ts';
import { articleDcRecommended } from './article-dc-recommended/index.ts';
import { articleJsonld } from './article-jsonld/index.ts';
import { articlePersonalData } from './article-personal-data/index.ts';
import { articlePublishTime } from './article-publish-time/index.ts';
import { articleSecretMarking } from './article-secret-marking/index.ts';
import { articleSourceAttribution } from './article-source-attribution/index.ts';
import { articleVnUnicode } from './article-vn-unicode/index.ts';
import { feedArchiveWindow } from './feed-archive-window/index.ts';
import { feedDateValid } from './feed-date-valid/index.ts';
import { feedDeletionSignal } from './feed-deletion-signal/index.ts';
import { feedFreshness } from './feed-freshness/index.ts';
import { feedHttpHygiene } from './feed-http-hygiene/index.ts';
import { feedItemIdStable } from './feed-item-id-stable/index.ts';
import { feedItemMinimum } from './feed-item-minimum/index.ts';
import { feedNoActiveContent } from './feed-no-active-content/index.ts';
import { feedRegisteredUrls } from './feed-registered-urls/index.ts';
import { feedUtf8 } from './feed-utf8/index.ts';
import { feedWellFormed } from './feed-well-formed/index.ts';
import { mediaAlt } from './media-alt/index.ts';
import { mediaCreditRights } from './media-credit-rights/index.ts';
import { mediaEnclosureValid } from './media-enclosure-valid/index.ts';
import { mediaHttpsAbsolute } from './media-https-absolute/index.ts';
import { republishAgreement } from './republish-agreement/index.ts';
import { republishAttribution } from './republish-attribution/index.ts';
import { republishAuthorityTakedown } from './republish-authority-takedown/index.ts';
import { republishBacklink } from './republish-backlink/index.ts';
import { republishComplaintChannel } from './republish-complaint-channel/index.ts';
import { republishCorrection } from './republish-correction/index.ts';
import { republishDownstream } from './republish-downstream/index.ts';
import { republishMinDelay } from './republish-min-delay/index.ts';
import { republishNoComments } from './republish-no-comments/index.ts';
import { republishNoWithdrawn } from './republish-no-withdrawn/index.ts';
import { republishRetention } from './republish-retention/index.ts';
import { republishTakedown } from './republish-takedown/index.ts';
import { republishVerbatim } from './republish-verbatim/index.ts';
import type { Rule } from './rule.ts';
import { siteA11yBasics } from './site-a11y-basics/index.ts';
import { siteAggregatorLicence } from './site-aggregator-licence/index.ts';
import { siteComponentBacklink } from './site-component-backlink/index.ts';
import { siteDomainPattern } from './site-domain-pattern/index.ts';
import { siteDowntimeNotice } from './site-downtime-notice/index.ts';
import { siteEmcSnippet } from './site-emc-snippet/index.ts';
import { siteHttps } from './site-https/index.ts';
import { siteIpv6 } from './site-ipv6/index.ts';
import { siteLevelAttested } from './site-level-attested/index.ts';
import { siteListedOnPortal } from './site-listed-on-portal/index.ts';
import { siteMachineDiscovery } from './site-machine-discovery/index.ts';
import { siteMetadataExport } from './site-metadata-export/index.ts';
import { siteMonitoringAttested } from './site-monitoring-attested/index.ts';
import { sitePerformance } from './site-performance/index.ts';
import { sitePressIdentity } from './site-press-identity/index.ts';
import { sitePressVnDomain } from './site-press-vn-domain/index.ts';
import { siteResponsibleInfo } from './site-responsible-info/index.ts';

/** One line per rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [
  siteComponentBacklink,
  siteListedOnPortal,
  siteDomainPattern,
  sitePressVnDomain,
  siteIpv6,
  siteHttps,
  siteEmcSnippet,
  siteResponsibleInfo,
  sitePressIdentity,
  siteAggregatorLicence,
  siteMachineDiscovery,
  sitePerformance,
  siteA11yBasics,
  siteMetadataExport,
  siteDowntimeNotice,
  siteLevelAttested,
  siteMonitoringAttested,
  feedWellFormed,
  feedUtf8,
  feedHttpHygiene,
  feedItemIdStable,
  feedDateValid,
  feedRegisteredUrls,
  feedNoActiveContent,
  feedItemMinimum,
  feedFreshness,
  feedDeletionSignal,
  feedArchiveWindow,
  articleDcMandatory,
  articleDcRecommended,
  articleDcFresh,
  articleVnUnicode,
  articleAuthorAndAgency,
  articlePublishTime,
  articleSourceAttribution,
  articleCanonicalHost,
  articleAiLabel,
  articlePersonalData,
  articleSecretMarking,
  articleCorrectionFormat,
  articleBrokenLinks,
  articleBlockedLinks,
  articleJsonld,
  mediaAlt,
  mediaHttpsAbsolute,
  mediaEnclosureValid,
  mediaCreditRights,
  republishAgreement,
  republishMinDelay,
  republishVerbatim,
  republishAttribution,
  republishBacklink,
  republishTakedown,
  republishAuthorityTakedown,
  republishCorrection,
  republishNoWithdrawn,
  republishNoComments,
  republishRetention,
  republishComplaintChannel,
  republishDownstream,
];
