<?php // include 'news.php'; where the list is to stand. PHP 7.4 and later, no extension besides json.
$address = 'https://tin.example.gov.vn/feeds/all.json?limit=10';
$file = sys_get_temp_dir() . '/lien-thong-' . md5($address) . '.json';
$age = function ($path) { clearstatcache(); return is_file($path) ? time() - filemtime($path) : PHP_INT_MAX; };
if ($age($file) > 60 && $age("$file.asked") > 30) { // Asked once a minute; while the gateway is away, twice.
    touch("$file.asked");
    $http = ['timeout' => 5, 'follow_location' => 0, 'header' => "Accept: application/feed+json\r\n"];
    $text = @file_get_contents($address, false, stream_context_create(['http' => $http]));
    $new = "$file." . getmypid();
    if (isset(json_decode((string) $text)->items) && file_put_contents($new, $text)) rename($new, $file);
}
// What was withdrawn must be gone within three hours, gateway or not.
$feed = $age($file) < 7200 ? json_decode(file_get_contents($file)) : null;
$e = function ($text) { return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8'); };
echo "<ul>\n";
foreach ($feed->items ?? [] as $item) {
    $link = preg_match('~^https?:~', $item->url) ? $item->url : '#';
    $by = $item->_lienthong->attribution;
    echo '<li><a href="', $e($link), '">', $e($item->title ?? $by->agency), '</a> ', $e($by->text), "</li>\n";
}
echo "</ul>\n<p><a href=\"https://tin.example.gov.vn/\">Tất cả tin</a></p>\n";
