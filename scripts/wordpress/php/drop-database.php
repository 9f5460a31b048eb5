<?php
$in = json_decode(stream_get_contents(STDIN), true);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli('localhost', 'root', '', '', 0, $in['socket']);
$db->query("DROP DATABASE IF EXISTS `{$in['database']}`");
echo "true\n";
