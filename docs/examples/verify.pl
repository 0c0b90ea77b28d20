#!/usr/bin/perl
# Checks an evidence bundle, an unpacked directory, by docs/audit-format.md alone. Needs Perl 5 with its own modules, and
# openssl 3 for the signatures.
#
#   perl verify.pl [--head FILE] [--key KEY] DIRECTORY
#
# Exit status: 0 when everything holds and is proven, 1 when something doesn't hold or isn't proven, 2 when it couldn't
# be checked. An example of a verifier of one's own, shorter than those in the bundle: it stops at what it can't follow.
use strict;
use warnings;
use Digest::SHA qw(sha256);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use MIME::Base64 qw(decode_base64 encode_base64);
use Time::Local qw(timegm);

my (@findings, @doubts);
my $scratch = tempdir(CLEANUP => 1);

sub unusable { print STDERR "verify.pl: @_\n"; exit 2 }
sub find     { push @findings, "@_"; return }
sub doubt    { push @doubts, "@_"; return }

sub read_file {
    my ($path) = @_;
    open(my $file, '<:raw', $path) or unusable("$path can't be read: $!.");
    local $/;
    return scalar <$file>;
}
sub write_file {
    my ($path, $bytes) = @_;
    open(my $file, '>:raw', $path) or unusable("$path can't be written: $!.");
    print $file $bytes;
    close($file);
    return $path;
}

# ---- "Hashes and the tree"

sub leaf_of { return sha256("\x00" . $_[0]) }
sub node_of { return sha256("\x01" . $_[0] . $_[1]) }

# The root of a tree of $width leaves, of which those from $begin on are given, and the nodes beside them by
# "level index". Nothing when a node is missing, or one is left over.
sub root_of {
    my ($width, $begin, $leaves, $edges) = @_;
    my %left  = %{ $edges // {} };
    my @nodes = @$leaves;
    for (my $level = 0; ; ++$level) {
        my $before = delete $left{ "$level " . ($begin - 1) };
        my $after  = delete $left{ "$level " . ($begin + @nodes) };
        if (defined $before) { unshift @nodes, $before; --$begin }
        push @nodes, $after if defined $after;
        return if !@nodes || $begin + @nodes > $width;
        return $begin == 0 && !%left ? $nodes[0] : undef if $width == 1;
        return if $begin % 2 || (@nodes % 2 && $begin + @nodes != $width);
        my @above;
        while (@nodes) {
            my ($one, $other) = splice(@nodes, 0, 2);
            push @above, defined $other ? node_of($one, $other) : $one;
        }
        ($begin, $width) = ($begin / 2, int(($width + 1) / 2));
        @nodes = @above;
    }
}

# Whether a log of $size records with this root is the beginning of the later one ("Witnesses").
sub is_beginning {
    my ($size, $root, $later, $later_root, @nodes) = @_;
    return 0 if $size < 1 || $size > $later;
    return !@nodes && $root eq $later_root if $size == $later;
    unshift @nodes, $root unless $size & ($size - 1);
    my $first = my $second = shift @nodes // return 0;
    my ($fn, $sn) = ($size - 1, $later - 1);
    while ($fn % 2) { $fn >>= 1; $sn >>= 1 }
    for my $node (@nodes) {
        return 0 unless $sn;
        if ($fn % 2 || $fn == $sn) {
            ($first, $second) = (node_of($node, $first), node_of($node, $second));
            while ($fn && $fn % 2 == 0) { $fn >>= 1; $sn >>= 1 }
        }
        else { $second = node_of($second, $node) }
        $fn >>= 1;
        $sn >>= 1;
    }
    return $sn == 0 && $first eq $root && $second eq $later_root;
}

# ---- "Keys, signed notes and heads"

# Of type 1, or of a witness's: 4.
sub parse_key {
    my ($text, $type) = (@_, "\x01");
    my ($name, $id, $base64) = $text =~ /\A([^+\s]+)\+([0-9a-f]{8})\+(\S+)\s*\z/ or return;
    my $typed = decode_base64($base64);
    return if length($typed) != 33 || substr($typed, 0, 1) ne $type;
    return if unpack('H8', sha256("$name\n$typed")) ne $id;
    return { name => $name, id => pack('H8', $id), bytes => substr($typed, 1), text => "$name+$id+$base64" };
}

sub pem_of {
    my ($key) = @_;
    my $der = pack('H*', '302a300506032b6570032100') . $key->{bytes};
    return "-----BEGIN PUBLIC KEY-----\n" . encode_base64($der, '') . "\n-----END PUBLIC KEY-----\n";
}

sub text_of {
    my ($note) = @_;
    my $end = rindex($note, "\n\n");
    return $end < 0 ? '' : substr($note, 0, $end + 1);
}

sub is_signature {
    my ($key, $text, $signature) = @_;
    my @files = map { write_file("$scratch/$_->[0]", $_->[1]) }
        ([ key => pem_of($key) ], [ text => $text ], [ signature => $signature ]);
    return system("openssl pkeyutl -verify -pubin -inkey $files[0] -rawin -in $files[1]"
            . " -sigfile $files[2] >$scratch/out 2>&1") == 0;
}

sub has_signed {
    my ($key, $note) = @_;
    my $text   = text_of($note);
    my $signed = 0;
    for my $line (split /\n/, substr($note, length($text) + 1)) {
        next unless $line =~ /\A\xE2\x80\x94 (\S+) (\S+)\z/ && $1 eq $key->{name};
        my $signature = decode_base64($2);
        next unless substr($signature, 0, 4) eq $key->{id};
        return 0 unless is_signature($key, $text, substr($signature, 4));
        $signed = 1;
    }
    return $signed;
}

sub parse_head {
    my ($note) = @_;
    my ($name, $size, $base64) = text_of($note) =~ /\A([^\n]+)\n(0|[1-9][0-9]*)\n(\S+)\n/ or return;
    my $root = decode_base64($base64);
    return length($root) == 32 ? { name => $name, size => $size, root => $root } : undef;
}

# The keys to which $key handed over, itself first, the newest last.
sub keys_from {
    my ($key, $directory) = @_;
    my @keys = ($key);
    for (my $n = 1; -f "$directory/rotation-$n"; ++$n) {
        my $note  = read_file("$directory/rotation-$n");
        my @lines = split /\n/, text_of($note);
        my $new   = parse_key($lines[3] // '') or next;
        next if $lines[0] ne $keys[-1]{name} || $lines[1] ne 'wardroom audit key rotation v1';
        push @keys, $new if $new->{name} eq $keys[-1]{name} && has_signed($keys[-1], $note) && has_signed($new, $note);
    }
    return @keys;
}

# ---- The command

my ($head_file, $key_given, $directory);
while (@ARGV) {
    my $word = shift @ARGV;
    if    ($word eq '--head') { $head_file = shift @ARGV }
    elsif ($word eq '--key')  { $key_given = shift @ARGV }
    else                      { $directory = $word }
}
unusable('say which directory is the bundle.') unless defined $directory && -d $directory;
sub lines_of { return split /\n/, read_file("$directory/$_[0]") }

# The head and the keys.
my $key  = parse_key(read_file("$directory/key")) or unusable('the file key is no key.');
my $note = read_file("$directory/checkpoint");
my $head = parse_head($note);
unusable('the file checkpoint is no head.') unless $head && $head->{size} > 0;
find("The key didn't sign the head.") unless has_signed($key, $note) && $head->{name} eq $key->{name};
find("key.pem isn't the key.") unless read_file("$directory/key.pem") eq pem_of($key);
my @keys = ($key);
if (defined $key_given) {
    my $given = parse_key(-f $key_given ? read_file($key_given) : $key_given) or unusable("$key_given is no key.");
    my @chain = keys_from($given, $directory);
    find("The given key isn't the log's, nor did it hand over to it.")
        unless grep { $_->{text} eq $key->{text} } @chain;
    push @keys, @chain;
}

# The records.
my ($first, @leaves, %committed, @hidden, @pruned, @prunings, %given);
my ($time, $gap, @clock_set, @times) = ('', 0);
for my $line (lines_of('records.txt')) {
    my ($idx, $leaf, $body) = $line =~ /\A(\d+) ([0-9a-f]{64}) (.+)\z/ or unusable('a line of records.txt is none.');
    $first //= $idx;
    if ($idx != $first + @leaves) { find("Record " . ($first + @leaves) . " is missing."); $gap = 1; last }
    push @leaves, pack('H*', $leaf);
    if ($body eq '-')      { push @hidden, $idx; next }
    if ($body eq 'pruned') { push @pruned, $idx; next }
    $leaves[-1] = leaf_of($body);
    find("Record $idx has another hash.") if $leaves[-1] ne pack('H*', $leaf);
    my $record = eval { decode_json($body) };
    if (ref $record ne 'HASH' || $record->{idx} ne $idx) { find("Record $idx is another one, or none."); next }
    my $was_set = $record->{type} =~ /\Aserver\.clock_(?:jump|confirmed)\z/;
    doubt("Record $idx bears an earlier time than the one before it.") if $record->{ts} lt $time && !$was_set;
    push @clock_set, "The clock was set at record $idx ($record->{type}): $record->{ts} after $time." if $was_set;
    $time = $record->{ts};
    if ($time =~ /\A(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z\z/) {
        my $now = timegm($6, $5, $4, $3, $2 - 1, $1);
        my $falls = $was_set && @times && $now < $times[-1][1];
        push @times, [ $idx, $now, $falls, $was_set ? $falls : @times && $times[-1][3] ];
    }
    $given{$idx}     = $record->{type} eq 'audit.witness_added' ? $record->{after}{key} : '';
    $committed{$idx} = $record->{after} if $record->{type} eq 'messages.committed';
    push @prunings, $record->{after} if $record->{type} eq 'audit.pruned';
}
unusable('there are no records.') unless @leaves;
my $last = $first + @leaves - 1;
my %edges;
for (lines_of('edges.txt')) {
    if (/\A(\d+) (\d+) ([0-9a-f]{64})\z/ && !exists $edges{"$1 $2"}) { $edges{"$1 $2"} = pack('H*', $3) }
    else                                                            { find('A line of edges.txt is none.') }
}
if (!$gap) {
    my $root = root_of($head->{size}, $first, \@leaves, \%edges);
    find("The records don't lead to the head.") unless defined $root && $root eq $head->{root};
}

# What was pruned.
my @told = grep { my $idx = $_; grep { $_->{first} <= $idx && $idx <= $_->{last} } @prunings } @pruned;
doubt("Records are given as pruned of which no record audit.pruned tells.") if @told < @pruned && $last + 1 == $head->{size};
my $said = 0;
$said += $_->{count} for @prunings;
my $all_here = !grep { $_->{first} < $first || $_->{last} > $last } @prunings;
find("Not as many records were pruned as the log says.") if @told > $said || ($all_here && @told < $said);

# The record of the export, under the head.
my $export;
if (-f "$directory/export.txt") {
    my ($line, @path) = lines_of('export.txt');
    my ($idx, $leaf, $body) = ($line // '') =~ /\A(\d+) ([0-9a-f]{64}) (.+)\z/;
    my %path = map { /\A(\d+) (\d+) ([0-9a-f]{64})\z/ ? ("$1 $2" => pack('H*', $3)) : ($_ => '') } @path;
    my $record = defined $body ? eval { decode_json($body) } : undef;
    my $root;
    $root = root_of($head->{size}, $idx, [ leaf_of($body) ], \%path) if defined $body && leaf_of($body) eq pack('H*', $leaf);
    if (ref $record eq 'HASH' && $record->{idx} eq $idx && $record->{type} eq 'audit.exported' && @path == keys %path
        && defined $root && $root eq $head->{root}) { $export = $record }
    else { find('The record of the export isn\'t under the head.') }
}

# The groups.
my %groups;
for (lines_of('groups.txt')) {
    my ($idx, @hashes) = split / /;
    push @{ $groups{$idx} }, map { pack('H*', $_) } @hashes;
}
for my $idx (sort { $a <=> $b } keys %groups) {
    my $after = $committed{$idx};
    my $root  = root_of(scalar @{ $groups{$idx} }, 0, $groups{$idx});
    find("The group of record $idx isn't what it says.")
        unless $after && $after->{count} == @{ $groups{$idx} } && defined $root && unpack('H*', $root) eq $after->{root};
}

# The messages.
my ($person, $room);
for (lines_of('case.txt')) {
    $person = $1 if /\Aperson: (\d+) /;
    $room   = $1 if /\Aroom: (\d+) /;
}
my %titles = (posted => 'message', edited => 'edit', deleted => 'delete', restored => 'restore');
my $v2_since;    # from this record on posted messages have the form v2
for my $idx (sort { $a <=> $b } keys %committed) {
    my $says = $committed{$idx}{v2_since} // $v2_since // next;
    $v2_since //= $says;
    find("Record $idx doesn't say like the others since when messages have the form v2.")
        if $says != $v2_since || $says > $idx || ($idx >= $v2_since && !defined $committed{$idx}{v2_since});
}
my %carried;    # "hash size" -> the message
# The eighth line of a posted state of the form v2 names what it carries; one of another form is passed over.
sub carry {
    my ($name, $preimage) = @_;
    my @files = split /\t/, (split /\n/, substr($preimage, 16), 9)[7];
    my @read  = map { /\A(\d{1,18}) ([0-9a-f]{64}) .+\z/s ? "$2 " . ($1 + 0) : () } @files;
    return if @read < @files;
    $carried{$_} //= $name for @read;
    return;
}
my ($proven, $unproven, %taken, %shown, %of_subject) = (0, 0);
for my $line (lines_of('messages.txt')) {
    my ($in, $seq, $version, $act, $record, $position, $bytes) = split / /, $line;
    my $name = "Message $seq of room $in, version $version";
    my ($commitment, $form);
    if ($bytes =~ /\Aerased:([0-9a-f]{64})\z/) { $commitment = pack('H*', $1) }
    else {
        my $preimage = pack('H*', $bytes);
        $form = $act eq 'posted' && substr($preimage, 16, 20) eq "wardroom message v2\n" ? 2 : 1;
        my $begin = "wardroom " . ($titles{$act} // '') . " v$form\n$in\n$seq\n" . ($act eq 'posted' ? '' : "$version\n");
        find("$name: its bytes are of another one.")
            if substr($preimage, 16, length $begin) ne $begin || ($act eq 'posted') != ($version == 1);
        find("$name: its bytes aren't whole.")
            if $form == 2 && substr($preimage, 16 + length $begin) !~ /\A\d+\n-?\d+\n\d*\n[0-9a-f-]{36}\n[^\n]*\n/;
        $commitment = sha256($preimage);
    }
    if ($record eq '-') { ++$unproven; next }
    my $leaf = ($groups{$record} // [])->[$position];
    if    (!defined $leaf || $leaf ne leaf_of($commitment)) { find("$name isn't what the log holds."); next }
    elsif ($taken{"$record $position"}++)                   { find("$name stands in another's place."); next }
    find("$name has the form v1, and stands behind record $v2_since.")
        if $act eq 'posted' && ($form // 2) == 1 && defined $v2_since && $record >= $v2_since;
    ++$proven;
    carry($name, pack('H*', $bytes)) if ($form // 0) == 2;
    ++$shown{$record};
    ++$of_subject{$record} if !defined $room || $in == $room;
}
doubt("$unproven states stand in no group of the log.") if $unproven;

# The bytes of what the messages carry, where the bundle takes them along.
opendir(my $names, $directory) or unusable("$directory can't be read: $!.");
my %beside = map { $_ => 1 } grep { /\Afile-/ } readdir $names;
if (-f "$directory/carried.txt") {
    my (%said, %met);
    for (lines_of('carried.txt')) {
        if (/\A([0-9a-f]{64}) (\d{1,18}) (here|gone)\z/ && !$met{$1}++) { $said{"$1 " . ($2 + 0)} = $3 }
        else                                                           { find('A line of carried.txt is none, or there twice.') }
    }
    for (sort keys %said) {
        my ($hash, $size) = split / /;
        my $is_there = delete $beside{"file-$hash"};
        find("No message here carries file-$hash.") unless $carried{$_};
        if ($said{$_} eq 'gone') { doubt("file-$hash is gone, as the server says."); find("file-$hash is here.") if $is_there; next }
        my $bytes = $is_there ? read_file("$directory/file-$hash") : '';
        find("file-$hash isn't what was sent.") if !$is_there || length $bytes != $size || unpack('H*', sha256($bytes)) ne $hash;
    }
    doubt("$carried{$_} carries a file that isn't here: $_.") for grep { !$said{$_} } sort keys %carried;
}
elsif ($export && $export->{after}{files}) { doubt('The record of the export says that files are taken along, and none are.') }
find("$_ is in the bundle, which doesn't say so.") for sort keys %beside;

# Whether anything is missing.
my $everything = !defined $person && !defined $room;
find("Record $hidden[0] is hidden in a bundle of everything.") if $everything && @hidden;
my ($link, $from, $since, $uncounted) = (undef, undef, 0, 0);
for my $idx (sort { $a <=> $b } keys %committed) {
    my $after   = $committed{$idx};
    my $missing = ($groups{$idx} ? @{ $groups{$idx} } : $after->{count}) - ($shown{$idx} // 0);
    if ($everything) { doubt("Of what record $idx binds in, $missing can't be seen.") if $missing > 0; next }
    $since = $after->{since} if ($after->{since} // 0) > $since;
    if (!$after->{states}) { $uncounted += $missing; next }
    my ($counted, $before) = (0, undef);
    for (@{ $after->{states} }) {
        my ($in, $author, $count, $before_in_room, $before_of_author) = @$_;
        my $in_room   = !defined $room   || $in == $room;
        my $by_person = !defined $person || $author == $person;
        $counted += $count if $in_room && $by_person;
        $before = defined $room ? $before_in_room : $before_of_author if defined $room ? $in_room : $by_person;
    }
    my $seen = $of_subject{$idx} // 0;
    find("Record $idx counts $counted states of the subject, not $seen.") if $seen > $counted;
    doubt("Record $idx counts $counted states of the subject; $seen can be seen.") if $seen < $counted;
    next unless defined $before;
    doubt("Record $before should be here as one that binds states of the subject in.")
        if defined $link ? $before != $link : $before >= $first;
    $from //= $first > ($after->{since} // 0) ? $first : $after->{since};
    $link = $idx;
}
my $up_to = $link;
if (!$everything && !$export) { doubt('Nothing says where the chain of the subject ends: there is no export.txt.') }
elsif (!$everything) {
    my ($in, $of, $end, $until) = ($export->{room}, map { $export->{after}{$_} } qw(user chain_end last));
    my $says = "Record $export->{idx} says that record " . ($end // 'none') . " is the last that counts the subject";
    if (($in // '') ne ($room // '') || ($of // '') ne ($person // '') || !defined $end) {
        doubt("Record $export->{idx} doesn't say where the chain of this subject ends.");
    }
    elsif ($last > $until)                                      { doubt("Record $export->{idx} says nothing of what is behind $until.") }
    elsif (defined $link ? $link < $end : $end >= $first)       { doubt("$says; it isn't here.") }
    elsif (defined $link && $link > $end)                       { find("$says; so does record $link.") }
    elsif (defined $link)                                       { $up_to = $last }
}
doubt("Nothing says whose $uncounted states are that can't be seen.") if $uncounted;
doubt("Before record $since nothing was counted.") if grep { $_ < $since } @hidden;

# A head that was kept elsewhere.
if (defined $head_file) {
    my $kept  = read_file($head_file);
    my $saved = parse_head($kept) or unusable("$head_file is no head.");
    my $root;
    if ($saved->{size} == $head->{size}) { $root = $head->{root} }
    elsif ($first < $saved->{size} && $saved->{size} <= $last + 1 && !$gap) {
        my %left = map { my ($level, $index) = split / /; ($index + 1) * 2**$level <= $first ? ($_ => $edges{$_}) : () } keys %edges;
        $root = root_of($saved->{size}, $first, [ @leaves[0 .. $saved->{size} - $first - 1] ], \%left);
    }
    find("The head of $saved->{size} records isn't met.")
        unless defined $root && $root eq $saved->{root} && grep { $_->{name} eq $saved->{name} && has_signed($_, $kept) } @keys;
}

# Witnesses.
my (%devices, $vouching);
for my $line (-f "$directory/witnesses.txt" ? lines_of('witnesses.txt') : ()) {
    my ($text, $record, $size, $root, $at, $signature, $proof) = $line
        =~ /\A(\S+) (\d+) \d+ (?:-|(\d+) ([0-9a-f]{64}) (\d+) ([0-9a-f]{128}) (-|[0-9a-f]{64}(?:,[0-9a-f]{64})*))\z/;
    my $device = defined $text ? parse_key($text, "\x04") : undef;
    if (!$device)          { find('A line of witnesses.txt is none.');         next }
    if ($devices{$text}++) { find("The device $device->{name} stands twice."); next }
    if (exists $given{$record} && $given{$record} ne $text) {
        find("Record $record doesn't make the device $device->{name} known.");
        next;
    }
    next unless defined $size;
    my $seen = "$head->{name}\n$size\n" . encode_base64(pack('H*', $root), '') . "\n";
    if (!is_signature($device, "cosignature/v1\ntime $at\n$seen", pack('H*', $signature))) {
        find("The device $device->{name} didn't cosign this.");
    }
    elsif (!is_beginning($size, pack('H*', $root), $head->{size}, $head->{root}, map { pack('H*', $_) } grep { $_ ne '-' } split /,/, $proof)) {
        find("The device $device->{name} vouched for another log.");
    }
    else {
        ++$vouching;
        # As far as the clock wasn't set back; while it is behind, as its record says, its times say nothing.
        my (@before, @behind);
        for (@times) {
            if ($_->[0] < $size) { @before = () if $_->[2]; push @before, $_ }
            else                 { last if $_->[2]; push @behind, $_ }
        }
        @behind = () if @before && $before[-1][3] && $before[-1][1] < $at - 300;
        my @others = grep { $_->[0] < $size ? $_->[1] > $at + 300 : $_->[1] < $at - 300 } @before, @behind;
        doubt("The device $device->{name} cosigned the first $size records at another time than record $others[0][0] bears.")
            if @others;
    }
}

print "- $_\n" for @findings;
if (@findings) { print "This bundle does NOT hold.\n"; exit 1 }
print "Not proven: $_\n" for @doubts;
print "All holds.\n" unless @doubts;
print "Records $first to $last, $proven states of messages.\n";
print "$_\n" for @clock_set;
print "$vouching of ", scalar(keys %devices), " devices vouch for this log.\n" if $vouching;
print "None of the subject's states is missing between records $from and $up_to.\n" if defined $link;
exit(@doubts ? 1 : 0);
