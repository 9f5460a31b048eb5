/**
 * Parameters that tell a publisher where a reader came from and never which page is meant. Only names that mean nothing
 * else: `id`, `p`, `source`, `ref` and `from` may choose the article.
 */
const NAMES: ReadonlySet<string> = new Set(
  (
    'fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh zarsrc gidzl zclid ' +
    '_ga _gl _gac _hsenc _hsmi hsctatracking mc_cid mc_eid mkt_tok vero_id vero_conv oly_anon_id oly_enc_id s_kwcid ' +
    'wt_mc wt.mc_id xtor cmpid ref_src ref_url fb_action_ids fb_action_types fb_ref fb_source hss_channel spm scm ' +
    '__twitter_impression guccounter guce_referrer guce_referrer_sig echobox usqp amp_js_v amp_gsa _openstat ' +
    'at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ncid soc_src soc_trk sr_share tblci srsltid'
  ).split(' '),
);
const PREFIXES = ['utm_', 'pk_', 'mtm_', 'piwik_', 'matomo_', 'hsa_', 'trk_', 'itm_'];

export function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return NAMES.has(lower) || PREFIXES.some(prefix => lower.startsWith(prefix));
}
