export const family = {
  category: "code",
  severity: "critical",
  action: "reject",
  subject: "commands",
  reasonCode: "suspicious.autonomous_credential_egress",
} as const;

/** Something is sent over the network, in whatever language. */
export const SENDS =
  /requests\.(?:post|put|get|request)|(?:require\(|import\(|from|import)\s{0,3}["'](?:node:)?https?["']|(?:ureq|reqwest|minreq)::|urllib\.request|urlopen|httpx\.|aiohttp|http\.client|https?\.request|https?\.get\(|\bfetch\s{0,3}\(|axios|\bgot\.(?:post|put)|superagent|XMLHttpRequest|sendBeacon|WebSocket\(|\bcurl\b|\bwget\b|Invoke-WebRequest|Invoke-RestMethod|\biwr\b|\birm\b|UploadString|UploadFile|WebClient|Net::HTTP|HTTParty|Faraday|open-uri|http\.(?:Post|NewRequest)|net\.(?:connect|createConnection|Socket|Dial)|socket\.(?:socket|create_connection)|dns\.(?:resolve|lookup)|\bnslookup\b|\bdig\s|gethostbyname|smtplib|sendmail|nodemailer|\bnc\s|\bscp\s|\brsync\s[^\n]{0,300}?(?:\s["']?[\w.@${}-]{1,80}:|rsync:\/\/)|\bsftp\s|ftplib|aws s3 (?:cp|sync)|gsutil cp|rclone (?:copy|sync)|git push|\bpush\s[^\n]{0,60}https?:\/\/|paramiko|upload_file(?:obj)?\(|put_object\(|PutObjectCommand|upload_blob\(|upload_from_\w{2,12}\(|gh (?:gist|repo) create|openConnection\(|ureq::|reqwest::|jobstart\(\s{0,3}\{\s{0,3}["']curl|net\.Lookup(?:Host|TXT|Addr)\(|HttpURLConnection|file_get_contents\(\s{0,3}["']https?:|curl_exec|UdpClient|TcpClient/iu;
